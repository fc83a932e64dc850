"""Measures builds of a folder of PDF files: documents and pages a second, peak memory, how long
the encoder works, and a second build after a line was added to every hundredth file.

With --times N the folder is built N times as large, from copies on whose first page a line is
added, so that no two are the same. With --without-model vectors are made up and all the rest is
real: reading, splitting, tokenizing, storing, indexing. Run it as often as figures are wanted:
peak memory is that of the whole run.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from qa_service.answering.suggesting.suggesting import suggested_questions
from qa_service.config import Settings
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.corpus import corpus_sources, read_corpus
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.building.reading_cache import earlier_readings
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import Embedder, EncodedPassages
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages.sentences import Span
from qa_service.reading import ReadingLimits
from qa_service.reading.fingerprint import reading_fingerprint


class MadeUpVectors:
    """The real tokenizer, and vectors of nothing."""

    def __init__(self) -> None:
        real = open_embedder(Settings())
        self.name, self.fingerprint = "made up", "made up"
        self.dimension, self.max_tokens = real.dimension, real.max_tokens
        self.count_tokens = real.count_tokens
        self._chance = np.random.default_rng(0)

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        made = tuple(self._made(len(spans)) for spans in sentences)
        return EncodedPassages(self._made(len(texts)), made)

    def encode_query(self, _: str) -> NDArray[np.float32]:
        return self._made(1)[0]

    def _made(self, rows: int) -> NDArray[np.float32]:
        vectors = self._chance.standard_normal((rows, self.dimension), np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class TimedEmbedder:
    """An embedder that notes for how many seconds it encodes passages."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens
        self.count_tokens, self.encode_query = embedder.count_tokens, embedder.encode_query
        self._embedder = embedder
        self.seconds = 0.0

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        start = time.monotonic()
        encoded = self._embedder.encode_passages(texts, sentences)
        self.seconds += time.monotonic() - start
        return encoded


def measure(folder: Path, times: int = 1, with_model: bool = True) -> dict[str, Any]:
    """Figures of a first build of a folder of PDF files, and of a second after a change."""
    with tempfile.TemporaryDirectory() as place:
        corpus, index = Path(place) / "corpus", Path(place) / "index"
        copy_changed(folder, corpus, times)
        timed = TimedEmbedder(open_embedder(Settings()) if with_model else MadeUpVectors())
        children = LargestChild()
        start = time.monotonic()
        for file in read_corpus([("", corpus)], ReadingLimits()):
            del file
        read = time.monotonic() - start
        first = build(corpus, index, timed)
        figures = size_of(corpus, index) | {"read_s": read, "first_s": first}
        figures |= {"encoder_s": timed.seconds, "child_mb": children.peak}
        changed = change_some(corpus)
        return figures | {"changed": changed, "second_s": build(corpus, index, timed)}


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The figures in words."""
    documents, pages, first = figures["documents"], figures["pages"], figures["first_s"]
    read, second = figures["read_s"], figures["second_s"]
    yield f"{documents} documents, {pages} pages, {figures['passages']} passages"
    for name, seconds in (("reading alone", read), ("whole build", first)):
        each = f"{documents / seconds:.2f} documents/s, {pages / seconds:.1f} pages/s"
        yield f"{name}: {seconds:.1f} s, {each}"
    own, child = figures["own_mb"], figures["child_mb"]
    yield f"peak memory: {own:.0f} MB, of the largest child {child:.0f} MB"
    yield f"index: {figures['index_mb']:.0f} MB"
    encoder = figures["encoder_s"]
    yield f"encoder at work: {encoder:.1f} s, {encoder / first:.0%} of the build"
    yield f"{figures['changed']} changed: {second:.1f} s, {second / first:.1%} of the first build"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="PDF files")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--without-model", action="store_true")
    options = parser.parse_args()
    print(*lines(measure(options.folder, options.times, not options.without_model)), sep="\n")


def build(corpus: Path, index: Path, embedder: TimedEmbedder) -> float:
    """Seconds of a build as the command makes it."""
    settings, limits = Settings(index_dir=index), ReadingLimits()
    reading = reading_fingerprint(limits)
    start = time.monotonic()
    with earlier_readings(index, reading) as known:
        build_index(
            read_corpus([("", corpus)], limits, 0, known),
            index,
            embedder,
            BuildOptions(
                reading=reading,
                suggest=lambda opened, *some: suggested_questions(
                    opened, settings, embedder, *some
                ),
            ),
        )
    return time.monotonic() - start


def change_some(corpus: Path) -> int:
    """Adds a line to every hundredth file, and to one at least; returns to how many."""
    some = sorted(corpus.glob("*.pdf"))[::100]
    for path in some:
        document = pdfium.PdfDocument(path.read_bytes())
        add_line(document, "This line was added afterwards.")
        document.save(path)
        document.close()
    return len(some)


def copy_changed(folder: Path, corpus: Path, times: int) -> None:
    """The files of a folder, and so many further times with a line added to their first page."""
    corpus.mkdir()
    for path in sorted(folder.glob("*.pdf")):
        shutil.copy(path, corpus / path.name)
        for number in range(1, times):
            document = pdfium.PdfDocument(path)
            add_line(document, f"This is copy number {number} of the report.")
            document.save(corpus / f"{path.stem}-{number}.pdf")
            document.close()


def add_line(document: pdfium.PdfDocument, text: str) -> None:
    page = document[0]
    line = pdfium.raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 11.0)
    encoded = (text + "\0").encode("utf-16-le")
    letters = ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort))
    pdfium.raw.FPDFText_SetText(line, letters)
    pdfium.raw.FPDFPageObj_Transform(line, 1, 0, 0, 1, 72, page.get_height() / 2)
    pdfium.raw.FPDFPage_InsertObject(page, line)
    page.gen_content()


class LargestChild:
    """Watches the peak memory of the child processes, in megabytes."""

    def __init__(self) -> None:
        self.peak = 0.0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        me = str(os.getpid())
        while True:
            for path in Path("/proc").glob("[0-9]*/status"):
                with suppress(OSError):
                    fields = dict(line.split(":", 1) for line in path.read_text().splitlines())
                    if fields["PPid"].strip() == me and "VmHWM" in fields:
                        self.peak = max(self.peak, int(fields["VmHWM"].split()[0]) / 1024)
            time.sleep(0.2)


def size_of(corpus: Path, index: Path) -> dict[str, Any]:
    """How much was built, and the most memory that this process has had."""
    with closing(open_folder(current_build(index))) as opened:
        pages = sum(item.pages or 0 for item in opened.catalogue)
        passages = opened.info.passages
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {
        "documents": len(corpus_sources([("", corpus)])),
        "pages": pages,
        "passages": passages,
        "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "index_mb": size / 2**20,
    }


if __name__ == "__main__":
    main()
