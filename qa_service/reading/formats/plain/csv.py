"""Comma- and tab-separated values, and others that part cells by one character."""

from __future__ import annotations

import csv
import re
from io import StringIO

from qa_service.reading.content import Content
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.decoding import decoded

_SAMPLE = 20_000
_SEPARATORS = ",;\t|"
_RARE = "\x1f^~¦:"
"""Taken where every line has them, equally often, and none of the usual ones."""
_STATED = re.compile(r"sep=([^\n])\r?\n")
"""A first line by which a sheet program is told the separator."""
_LONGEST_CELL = 2**24


def read_csv(data: bytes) -> Content:
    """A table as content. Its separator is found by the text itself."""
    found = decoded(data)
    text = found.text.lstrip("\ufeff")
    csv.field_size_limit(_LONGEST_CELL)
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    separator = stated[1] if stated else _separator(text)
    quote, escape = _quoting(text, separator)
    lines = StringIO(text, newline="")
    rows = list(
        csv.reader(
            lines,
            delimiter=separator,
            quotechar=quote,
            escapechar=escape,
            skipinitialspace=True,
        )
    )
    return Content("csv", tuple(sheet_blocks(rows)), warnings=found.warnings)


def _separator(text: str) -> str:
    """The separator that the sniffer finds, else the one most lines have most of."""
    sample = text[:_SAMPLE]
    if not any(sign in sample for sign in _SEPARATORS):
        return next(filter(lambda sign: _parts_lines(sign, text), _RARE), ",")
    try:
        return csv.Sniffer().sniff(sample, _SEPARATORS).delimiter
    except csv.Error:
        return max(_SEPARATORS, key=sample.count)


def _quoting(text: str, separator: str) -> tuple[str, str | None]:
    """The sign that holds cells together, and the one before such a sign within a cell, if any.

    A single quotation mark does where it begins as many cells as it ends, and no double one
    begins any: "O'Brien" and "'tis" are words.
    """
    edge = re.escape(separator)
    begins, ends = (rf"(?:^|{edge})[ \t]*%s", rf"%s[ \t]*(?=$|{edge})")
    begun = len(re.findall(begins % "'", text, re.MULTILINE))
    single = 0 < begun == len(re.findall(ends % "'", text, re.MULTILINE))
    quote = "'" if single and not re.search(begins % '"', text, re.MULTILINE) else '"'
    within = re.search(rf"\\{quote}(?![ \t]*(?:$|{edge}))", text, re.MULTILINE)
    otherwise = re.search(rf"(?<!\\)\\(?![{quote}\\\n])", text)
    return quote, "\\" if within and not otherwise else None


def _parts_lines(sign: str, text: str) -> bool:
    """Whether every line of several holds a sign, and equally often."""
    counts = {line.count(sign) for line in text.splitlines() if line.strip()}
    return len(counts) == 1 and counts != {0} and text.strip().count("\n") > 0
