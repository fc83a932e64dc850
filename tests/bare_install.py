"""A Python that can import what the package needs by itself, and nothing that comes with extras."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
REFUSING = """
import sys
from importlib.abc import MetaPathFinder

REFUSED = frozenset({refused})


class Refusing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in REFUSED:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, Refusing())
"""


def bare_environment(folder: Path) -> dict[str, str]:
    """The environment of such a Python and its children; `folder` holds what refuses the rest."""
    needed = set(_needed())
    refused = [
        name
        for name, given_by in packages_distributions().items()
        if not {canonicalize_name(one) for one in given_by} & needed
    ]
    (folder / "sitecustomize.py").write_text(REFUSING.format(refused=json.dumps(refused)))
    path = [str(folder), str(PROJECT.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(path)}


def _needed() -> Iterator[str]:
    """The package, all that it needs without extras, and all that these need in turn."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    seen = {("qa-service", frozenset[str]())}
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) not in seen:
            seen.add((name, extras))
            waiting += _required(name, extras)
    return (name for name, _ in seen)


def _required(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:  # one for another system
        return
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": it}) for it in extras or {""}):
            yield requirement
