"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED_BY_LIBRARIES = {"lxml-html-clean", "onnxscript"}
"""Which the libraries that need them do not ask for themselves."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[><=\[ ;]", name)[0]).lower()


def declared(requirements: list[str]) -> set[str]:
    return {plain(name) for name in requirements}


def imported() -> set[str]:
    """Top-level names of all that the package imports from elsewhere."""
    names: set[str] = set()
    for path in (ROOT / "qa_service").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"qa_service"}


DECLARED = declared(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["evaluate"])
DISTRIBUTIONS = packages_distributions()


@pytest.mark.parametrize("name", sorted(imported()))
def test_what_is_imported_is_declared(name: str) -> None:
    assert {plain(one) for one in DISTRIBUTIONS[name]} & DECLARED


def test_what_is_declared_is_imported() -> None:
    used = {plain(one) for name in imported() for one in DISTRIBUTIONS[name]}
    assert DECLARED - used == NEEDED_BY_LIBRARIES
