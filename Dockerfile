# The service in an image: docker build -t qa-service . ; compose.yaml runs it behind Caddy.
FROM python:3.11-slim-bookworm AS installed
WORKDIR /build
RUN python -m venv /opt/qa-service
ENV PATH=/opt/qa-service/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY locked locked
# Each file is compared with its hash. The torch for CPUs alone is known for x86-64; elsewhere
# PyPI's is taken, with CUDA's libraries on Linux.
RUN pip install --no-deps --require-hashes \
        --index-url https://download.pytorch.org/whl/cpu -r locked/torch-cpu.txt \
    || pip install --no-deps --require-hashes -r locked/cuda.txt
RUN pip install --no-deps --require-hashes \
        -r locked/evaluate.txt -r locked/mcp.txt -r locked/oidc.txt -r locked/tracing.txt \
        -r locked/postgres.txt
COPY pyproject.toml README.md LICENSE ./
COPY qa_service qa_service
RUN pip install --no-deps --no-build-isolation .
# Some packages hold templates that are no Python.
RUN python -m compileall -q /opt/qa-service/lib; true

FROM python:3.11-slim-bookworm
# Tesseract is Debian's, with its corrections.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin qa-service \
    && install -d -o qa-service -g qa-service /data
COPY --from=installed /opt/qa-service /opt/qa-service
# Documents are read from /documents; index, uploads and exported models are written below /data,
# and nothing else is: the root file system may be read-only, with a tmpfs at /tmp.
ENV PATH=/opt/qa-service/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    QA_CORPUS_DIR=/documents \
    QA_INDEX_DIR=/data/index \
    QA_CACHE_DIR=/data/cache \
    QA_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["qa-service"]
CMD ["serve"]
