# PostgreSQL with pgvector, run by Patroni: one primary, and who takes over from it.
FROM pgvector/pgvector:0.8.1-pg18
# Versions of Debian's packages are Debian's.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && python3 -m venv /opt/patroni \
    && /opt/patroni/bin/pip install --no-cache-dir 'patroni[etcd3]==4.1.5' 'psycopg[binary]==3.3.9' \
    && install -d -o postgres -g postgres -m 700 /data
COPY docs/deploy/patroni.yml docs/deploy/create-database /etc/patroni/
ENV PATRONI_POSTGRESQL_DATA_DIR=/data/postgres \
    PATRONI_POSTGRESQL_BIN_DIR=/usr/lib/postgresql/18/bin
# Its number is the base image's.
# hadolint ignore=DL3066
USER postgres
VOLUME /data
EXPOSE 5432 8008
ENTRYPOINT ["/opt/patroni/bin/patroni", "/etc/patroni/patroni.yml"]
