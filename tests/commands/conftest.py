"""The commands in-process on the fake model, over a corpus of two files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from outcomes import BORDERS, Outcome

from qa_service.cli import main


@pytest.fixture(autouse=True)
def environment(fake_model: None, reads_here: None) -> None:
    """Stands before every other fixture."""


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "borders.md").write_text(BORDERS, encoding="utf-8")
    (folder / "library.txt").write_text("The library opens at nine.", encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def run_command(*arguments: str) -> Outcome:
        capsys.readouterr()
        status = main(arguments)
        return Outcome(status, *capsys.readouterr())

    return run_command


@pytest.fixture
def built(run: Callable[..., Outcome], corpus_dir: Path) -> Callable[..., Outcome]:  # noqa: ARG001
    """Runs commands after a first build."""
    assert run("build").status == 0
    return run
