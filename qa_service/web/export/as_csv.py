"""Tables as CSV files for people, who open them in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qa_service.contract.mentions import csv_table


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table behind a mark by which a spreadsheet knows that its letters are UTF-8."""
    return csv_table(columns, rows).encode("utf-8-sig")
