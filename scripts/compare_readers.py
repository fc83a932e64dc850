"""Compares the text that this project and other libraries read in files, and how fast.

What is right is asked of programs that share no code with any of them: poppler's pdftotext for
PDF, LibreOffice and then pdftotext for the others. Needs: apt-get install poppler-utils
libreoffice-writer-nogui libreoffice-impress-nogui, and in the environment that runs it
pip install "pypdf[crypto]" pdfminer.six "markitdown[docx,pptx,outlook]" docx2txt. With --figures
NAME the table is written to docs/figures/NAME.json, too.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from statistics import mean

from make_figures import commit, machine_name
from rapidfuzz.distance import LCSseq

from qa_service.reading.files import read_document

ROOT = Path(__file__).parents[1]
Reader = Callable[[Path], str]
WORD = re.compile(r"\w+")


def ours(path: Path) -> str:
    return read_document(path, path.parent, 2**28).text


def pypdf(path: Path) -> str:
    library = importlib.import_module("pypdf")
    return "\n".join(page.extract_text() for page in library.PdfReader(path).pages)


def pdfminer(path: Path) -> str:
    return str(importlib.import_module("pdfminer.high_level").extract_text(path))


def markitdown(path: Path) -> str:
    library = importlib.import_module("markitdown")
    return str(library.MarkItDown(enable_plugins=False).convert(path).text_content)


def docx2txt(path: Path) -> str:
    return str(importlib.import_module("docx2txt").process(BytesIO(path.read_bytes())))


READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "this project": (ours, ()),
    "pypdf": (pypdf, (".pdf",)),
    "pdfminer.six": (pdfminer, (".pdf",)),
    "markitdown": (markitdown, (".docx", ".pptx", ".odt", ".rtf", ".doc")),
    "docx2txt": (docx2txt, (".docx",)),
}
"""Each with the endings it is asked about; none: all."""


COLUMNS = ("library", "files read", "words found", "words right", "order", "ms a file")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="files, or folders of PDF files")
    parser.add_argument("--figures", help="a name for docs/figures; for files of one kind")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    files = [file for path in options.files for file in listed(path)]
    with tempfile.TemporaryDirectory() as folder:
        right = {file: words(reference(file, Path(folder))) for file in files}
    for ending in ("PDF", "other"):
        group = [file for file in files if (file.suffix.lower() == ".pdf") == (ending == "PDF")]
        if group:
            print(f"\n{ending}: {len(group)} files, {sum(len(right[f]) for f in group):,} words")
            rows = list(compare(group, right))
            if options.figures:
                keep(options.figures, rows)


def keep(name: str, rows: Sequence[Sequence[str]]) -> None:
    """Writes a table's figures where scripts/write_tables.py finds them."""
    figures = {
        "command": f"python scripts/compare_readers.py … --figures {name}",
        "commit": commit(),
        "machine": machine_name(),
        "columns": COLUMNS,
        "rows": rows,
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (ROOT / "docs" / "figures" / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def listed(path: Path) -> list[Path]:
    return sorted(path.glob("*.pdf")) if path.is_dir() else [path]


def reference(file: Path, folder: Path) -> str:
    """The text of a file by poppler, of other kinds once LibreOffice has printed it to PDF."""
    if file.suffix.lower() != ".pdf":
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True)
        file = folder / f"{file.stem}.pdf"
    done = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def compare(files: Sequence[Path], right: dict[Path, list[str]]) -> Iterator[Sequence[str]]:
    """A row for each library: files read, how well words and their order agree, time."""
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    for name, (read, endings) in READERS.items():
        asked = [file for file in files if not endings or file.suffix.lower() in endings]
        rows = list(measured(read, asked, right))
        if rows:
            *shares, seconds = (mean(column) for column in zip(*rows, strict=True))
            known = name if read is ours else f"{name} {version(name)}"
            read_of = f"{len(rows)} of {len(files)}"
            row = [known, read_of, *(f"{s:.4f}" for s in shares), f"{seconds * 1000:.0f}"]
            print("| " + " | ".join(row) + " |", flush=True)
            yield row


def measured(
    read: Reader, files: Sequence[Path], right: dict[Path, list[str]]
) -> Iterator[tuple[float, float, float, float]]:
    """Recall, precision, order and seconds of each file that could be read."""
    with suppress(Exception):
        read(files[0])  # what is loaded once is not measured
    for file in files:
        start = processor_seconds()
        try:
            text = read(file)
        except Exception:
            continue
        seconds = processor_seconds() - start
        found, expected = words(text), right[file]
        common = (Counter(found) & Counter(expected)).total()
        order = LCSseq.similarity(found, expected) / max(1, common)
        yield common / max(1, len(expected)), common / max(1, len(found)), order, seconds


def processor_seconds() -> float:
    """Of this process and the programs it has run."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
