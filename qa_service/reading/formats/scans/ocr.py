"""Text recognition (OCR) by Tesseract, where it is installed: lines of words with places."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import groupby
from statistics import median

import pypdfium2 as pdfium

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Box, PlacedWord
from qa_service.reading.formats.pdf.geometry import Frame
from qa_service.reading.formats.pdf.lines import HYPHEN_MARK, Line
from qa_service.reading.limits import step_forward
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

_INSTALL = N_(
    "text recognition is not installed; run 'apt-get install tesseract-ocr "
    "tesseract-ocr-eng' and build again"
)
NO_LANGUAGE = N_(
    "text recognition has no language; run 'apt-get install tesseract-ocr-eng' and build again"
)
NOT_INSTALLED = said("scanned, and %(reason)s", reason=_INSTALL)
GARBLED_NOT_INSTALLED = said(
    "the letters of its text make no words (a wrong character map), and %(reason)s", reason=_INSTALL
)
GARBLED = N_(
    "the letters of its text make no words (a wrong character map), and text recognition found "
    "none either"
)
NOTHING_FOUND = N_("text recognition (OCR) found no words in the picture")
DOTS_PER_INCH = 300
POINTS_PER_INCH = 72
MOST_PIXELS = 40_000_000
SECONDS = 100
LEAST_CERTAIN = 30.0
"""Words of which Tesseract is less certain, of 100, are dirt on the page as a rule."""
LARGER = 1.4
"""A line this many times as high as the page's median is a heading or title."""
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class _Found:
    """A word that Tesseract found, in dots from the upper left corner of its page."""

    text: str
    line: tuple[int, int, int, int]
    left: int
    top: int
    right: int
    bottom: int


def ocr_program() -> str | None:
    """The path of Tesseract; None where it is not installed."""
    return shutil.which("tesseract")


@cache
def ocr_languages(program: str) -> str:
    """All installed languages as Tesseract takes them, English first; "" where there are none."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=30)
    names = listed.stdout.decode("utf-8", "replace").split("\n")[1:]
    languages = sorted({name.strip() for name in names} - {"", "osd", "equ"})
    return "+".join(sorted(languages, key=lambda name: name != "eng"))


def recognised_page(program: str, page: pdfium.PdfPage, number: int) -> list[Line]:
    """The lines of a scanned page of a PDF, in the order Tesseract reads them."""
    frame = Frame.of(page)
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    scale = min(scale, (MOST_PIXELS / max(1.0, frame.width * frame.height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = bytes(bitmap.buffer)
    rows = (pixels[row * stride : row * stride + width] for row in range(height))
    image = f"P5 {width} {height} 255\n".encode() + b"".join(rows)
    bitmap.close()
    dots = round(scale * POINTS_PER_INCH)
    return _lines(_words(_table(program, image, dots)), {1: (number, width, height, scale)})


def recognised_image(program: str, image: bytes) -> tuple[list[Line], int]:
    """The lines of a picture file, and how many pages it has."""
    rows = _table(program, image, DOTS_PER_INCH)
    pages = {
        int(row["page_num"]): (int(row["page_num"]), int(row["width"]), int(row["height"]), 1.0)
        for row in rows
        if row["level"] == "1"
    }
    return _lines(_words(rows), pages), max(pages, default=1)


def _table(program: str, image: bytes, dots: int) -> list[dict[str, str]]:
    """Tesseract's own table: a row for each page, block, paragraph, line and word."""
    step_forward()
    if not (languages := ocr_languages(program)):
        raise UnreadableDocument(said("scanned, and %(reason)s", reason=NO_LANGUAGE))
    command = [program, "stdin", "stdout", "--dpi", str(dots), "-l", languages]
    try:
        done = subprocess.run(
            [*command, "tsv"],
            input=image,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            said("text recognition took longer than %(seconds)s seconds", seconds=SECONDS)
        ) from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise UnreadableDocument(said("text recognition failed: %(error)s", error=told)) from error
    text = done.stdout.decode("utf-8", "replace")
    return list(csv.DictReader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def _words(rows: list[dict[str, str]]) -> list[_Found]:
    found = []
    for row in rows:
        text = (row["text"] or "").strip() if row["level"] == _WORD_LEVEL else ""
        if text and float(row["conf"]) >= LEAST_CERTAIN:
            left, top, width, height = (int(row[n]) for n in ("left", "top", "width", "height"))
            page, block, paragraph, line = (
                int(row[name]) for name in ("page_num", "block_num", "par_num", "line_num")
            )
            place = (page, block, paragraph, line)
            found.append(_Found(text, place, left, top, left + width, top + height))
    return found


def _lines(words: list[_Found], pages: dict[int, tuple[int, int, int, float]]) -> list[Line]:
    """Lines of words. Their sizes are evened out: dots vary, printed sizes do not."""
    grouped = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    heights = [_height(line) for line in grouped]
    usual = median(heights) if heights else 0
    return [
        _line(line, usual if height < usual * LARGER else height, *pages[line[0].line[0]])
        for line, height in zip(grouped, heights, strict=True)
    ]


def _height(line: list[_Found]) -> float:
    return float(max(word.bottom for word in line) - min(word.top for word in line))


def _line(
    words: list[_Found], height: float, number: int, width: int, page_height: int, scale: float
) -> Line:
    text = " ".join(word.text for word in words)
    if text[-1:] in "-‐" and text[-2:-1].isalpha():
        text = text[:-1] + HYPHEN_MARK
    bottom = max(word.bottom for word in words)
    baseline = (page_height - bottom) / scale
    return Line(
        text=text,
        page=number,
        size=round(height / scale, 1),
        bold=False,
        left=words[0].left / scale,
        right=words[-1].right / scale,
        top=baseline,
        bottom=baseline,
        height=1 - bottom / max(1, page_height),
        bold_cells=False,
        words=tuple(_placed(words, number, width, page_height)),
    )


def _placed(words: list[_Found], number: int, width: int, height: int) -> Iterator[PlacedWord]:
    """The words with boxes as high as their line, as those of printed text are."""
    top = min(word.top for word in words) / height
    bottom = max(word.bottom for word in words) / height
    for word in words:
        yield PlacedWord(word.text, number, Box(word.left / width, top, word.right / width, bottom))
