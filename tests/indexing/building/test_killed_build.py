"""A build process killed in the middle of its work leaves the index as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import built_index, make_document

from qa_service.errors import BuildLocked
from qa_service.nouns.questions import Question

HERE = Path(__file__).parent
OLD = make_document("Inspectors found good work in the harbour school.", "old")
NEW = make_document("Inspectors found very good work in the harbour school.", "new")
QUESTION = Question("What did inspectors find in the harbour school?")


@pytest.fixture
def encoding_process(index_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a build, into a folder that holds one already."""
    built_index([OLD], index_dir)
    command = [sys.executable, str(HERE / "slow_build.py"), str(index_dir)]
    paths = {"PYTHONPATH": os.pathsep.join(map(str, HERE.parents[:3]))}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | paths
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "encoding\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def killed(encoding_process: subprocess.Popen[str], index_dir: Path) -> set[str]:
    """What stood in the index folder when the build was killed."""
    left = {path.name for path in index_dir.iterdir()}
    encoding_process.send_signal(signal.SIGKILL)
    assert encoding_process.wait() == -signal.SIGKILL
    return left


def test_a_running_build_keeps_another_out(encoding_process, index_dir) -> None:
    assert encoding_process.poll() is None
    with pytest.raises(BuildLocked):
        built_index([NEW], index_dir)


def test_after_a_kill_the_old_build_still_answers(killed, index_dir, service_with) -> None:
    current = (index_dir / "CURRENT").read_text().strip()
    answer = service_with().ask(QUESTION)
    assert any(name.startswith(".partial-") for name in killed)
    assert answer.index.build == current
    assert [citation.document.id for citation in answer.citations] == ["old"]


def test_after_a_kill_the_next_build_clears_up(
    killed: set[str], index_dir: Path, service_with: Callable
) -> None:
    old = (index_dir / "CURRENT").read_text().strip()
    new = built_index([NEW], index_dir).manifest.build
    assert {path.name for path in index_dir.iterdir()} == {".lock", "CURRENT", old, new}
    assert old in killed
    assert service_with().index_info().build == new
