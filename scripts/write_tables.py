#!/usr/bin/env python3
"""Writes the tables of the documentation from the figures beside it.

    .venv/bin/python scripts/write_tables.py

A file docs/figures/NAME.json holds `command`, `commit`, `machine`, `columns` and `rows`, as the
scripts that measure write it. Its table stands on a page between the lines `<!-- NAME -->` and
`<!-- end -->`, with the command and the commit below it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = DOCS / "figures"
TABLE = re.compile(r"<!-- (?P<name>[a-z0-9-]+) -->\n.*?<!-- end -->", re.DOTALL)


def page_with_tables(text: str) -> str:
    """A page with each of its tables as the figures have it."""
    return TABLE.sub(lambda found: _section(found["name"]), text)


def _section(name: str) -> str:
    figures = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    return f"<!-- {name} -->\n{table(figures)}\n\n{_origin(figures)}\n<!-- end -->"


def table(figures: Mapping[str, Any]) -> str:
    """Columns and rows as a table in Markdown."""
    columns: Sequence[str] = figures["columns"]
    lines = [columns, ["---"] * len(columns), *figures["rows"]]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _origin(figures: Mapping[str, Any]) -> str:
    return f"`{figures['command']}`, commit `{figures['commit']}`, on {figures['machine']}."


if __name__ == "__main__":
    for page in sorted(DOCS.glob("*.md")):
        page.write_text(page_with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
