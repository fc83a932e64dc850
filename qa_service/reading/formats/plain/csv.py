"""Comma- and tab-separated values, and others that part cells by one character."""

from __future__ import annotations

import csv
from io import StringIO

from qa_service.reading.content import Content
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.decoding import decoded

_SAMPLE = 20_000
_SEPARATORS = ",;\t|"
_LONGEST_CELL = 2**24


def read_csv(data: bytes) -> Content:
    """A table as content. Its separator is found by the text itself."""
    found = decoded(data)
    text = found.text.lstrip("\ufeff")
    csv.field_size_limit(_LONGEST_CELL)
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)))
    return Content("csv", tuple(sheet_blocks(rows)), warnings=found.warnings)


def _separator(text: str) -> str:
    """The separator that the sniffer finds, else the one most lines have most of."""
    sample = text[:_SAMPLE]
    try:
        return csv.Sniffer().sniff(sample, _SEPARATORS).delimiter
    except csv.Error:
        return max(_SEPARATORS, key=sample.count)
