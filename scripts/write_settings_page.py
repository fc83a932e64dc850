#!/usr/bin/env python3
"""Writes docs/settings.md from what `Settings` says of itself.

.venv/bin/python scripts/write_settings_page.py
"""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from pathlib import Path

from qa_service.config import Settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
HEAD = """# Settings
Given by flag, then `QA_*` environment variable, then a TOML file (`--config` or `QA_CONFIG`), \
then default. An unknown or wrong one is an error that names it.

| name | default | meaning |
|---|---|---|
"""
_ENTRY = re.compile(r"^([a-z_, ]+): (.+)$")
_NOT_SET = "given"


def page() -> str:
    """The page as it should stand."""
    defaults = {field.name: field.default for field in fields(Settings)}
    return HEAD + "".join(_row(names, text, defaults) for names, text in entries())


def entries() -> list[tuple[list[str], str]]:
    """Names that are explained together, with their explanation, in the order of `Settings`."""
    found: list[tuple[list[str], str]] = []
    for line in inspect.cleandoc(Settings.__doc__ or "").splitlines():
        if not line.startswith(" ") and (entry := _ENTRY.match(line)):
            found.append((entry[1].split(", "), entry[2]))
        elif line.startswith(" ") and found:
            names, text = found[-1]
            found[-1] = names, f"{text} {line.strip()}"
    return [entry for entry in found if entry[0] != [_NOT_SET]]


def _row(names: list[str], text: str, defaults: dict[str, object]) -> str:
    shown = ", ".join(f"`{name}`" for name in names)
    values = ", ".join(_default(defaults[name]) for name in names)
    return f"| {shown} | {values} | {text} |\n"


def _default(value: object) -> str:
    if value in ("", ()):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
