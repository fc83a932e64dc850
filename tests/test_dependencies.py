"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import import_module
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest
from package_modules import MODULES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED_BY_LIBRARIES = {"lxml-html-clean"}
"""Which the libraries that need them do not ask for themselves."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[><=\[ ;]", name)[0]).lower()


def declared(requirements: list[str]) -> set[str]:
    return {plain(name) for name in requirements}


OF_OTHERS = {name for module in MODULES.values() for name in module.libraries}
IMPORTED_NAMES = OF_OTHERS - set(sys.stdlib_module_names) - {"qa_service"}
"""Top-level names of all that the package imports from elsewhere."""
EXTRAS = PROJECT["optional-dependencies"]
USED = ("evaluate", "mcp", "oidc", "tracing", "postgres")
IMPORTED = (*USED, "smb")
DECLARED = declared(PROJECT["dependencies"] + [one for name in IMPORTED for one in EXTRAS[name]])
DISTRIBUTIONS = packages_distributions()


@pytest.mark.parametrize("name", sorted(IMPORTED_NAMES))
def test_what_is_imported_is_declared(name: str) -> None:
    assert {plain(one) for one in DISTRIBUTIONS[name]} & DECLARED


def test_what_is_declared_is_imported() -> None:
    used = {plain(one) for name in IMPORTED_NAMES for one in DISTRIBUTIONS[name]}
    assert DECLARED - used == NEEDED_BY_LIBRARIES


def taken_from_package(script: Path) -> list[tuple[str, str]]:
    """Each module of the package that a script imports from, with what it takes of it."""
    nodes = ast.walk(ast.parse(script.read_text("utf-8")))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    own = [(node.module or "", node.names) for node in froms]
    return [(at, it.name) for at, names in own if at.startswith("qa_service") for it in names]


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").rglob("*.py")), ids=lambda it: it.name)
def test_a_script_takes_of_the_package_what_there_is(script: Path) -> None:
    lacking = [
        (at, name)
        for at, name in taken_from_package(script)
        if not hasattr(import_module(at), name) and find_spec(f"{at}.{name}") is None
    ]
    assert lacking == []


def entries(name: str) -> dict[str, str]:
    """The text of each package in a file of locked/."""
    text = (ROOT / "locked" / f"{name}.txt").read_text("utf-8")
    return {plain(entry): entry for entry in re.findall(r"^\w.*?(?=^\w|\Z)", text, re.M | re.S)}


LOCKED = {name: entries(name) for name in (*USED, "test", "lint", "cuda", "torch-cpu")}
NEEDED = {package: text for name in USED for package, text in LOCKED[name].items()}
EVERYTHING = NEEDED | LOCKED["test"] | LOCKED["lint"]


@pytest.mark.parametrize("name", LOCKED)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    assert LOCKED[name]
    for entry in LOCKED[name].values():
        assert re.match(r"[\w.-]+==[\w.+]+ ", entry)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\s", entry)


def test_locked_versions_are_those_of_the_constraints() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    constrained = {plain(line): line.partition("==")[2] for line in lines if "==" in line}
    locked = {name: entry.split()[0].partition("==")[2] for name, entry in EVERYTHING.items()}
    assert constrained == {name: locked.get(name) for name in constrained}


@pytest.mark.parametrize("extra", [*USED, "test", "lint"])
def test_whatever_is_declared_is_locked(extra: str) -> None:
    wanted = declared(PROJECT["dependencies"] + PROJECT["optional-dependencies"][extra])
    assert wanted - {"qa-service"} <= (NEEDED | LOCKED[extra]).keys()


def test_the_scripts_install_nothing_but_the_package_without_a_hash() -> None:
    text = (ROOT / "scripts" / "environment.sh").read_text("utf-8")
    installing = re.findall(r"^ *pip_install .*", text, re.M)
    unchecked = [line for line in installing if "--require-hashes" not in line]
    assert unchecked == ["    pip_install --no-deps --no-build-isolation --editable ."]
    assert text.count("pip install") == 1
