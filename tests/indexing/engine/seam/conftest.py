"""The engines that the contract is held against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from engines_under_test import EmbeddedEngine, Engine


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "postgres":
        yield request.getfixturevalue("database_engine")
        return
    with closing(EmbeddedEngine(tmp_path / "index")) as made:
        yield made
