"""How far a long run is, on a terminal and elsewhere."""

from __future__ import annotations

import io

import pytest

from qa_service.commands import progress
from qa_service.commands.progress import TerminalProgress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still unless it is set."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_progress_is_plain_lines_where_there_is_no_terminal(clock) -> None:
    stream = io.StringIO()
    shown = TerminalProgress(stream)
    shown.start("encoding passages", 3)
    shown.advance(3)
    clock[0] += 2.5
    shown.finish()
    assert stream.getvalue() == "encoding passages: 3 ...\nencoding passages: 3 done in 2.5 s\n"


def test_a_stage_of_unknown_length_says_no_number(clock) -> None:  # noqa: ARG001
    stream = io.StringIO()
    TerminalProgress(stream).start("reading documents", None)
    assert stream.getvalue() == "reading documents ...\n"


def test_a_long_stage_tells_now_and_then_how_far_it_is(clock) -> None:
    stream = io.StringIO()
    shown = TerminalProgress(stream)
    shown.start("encoding", 100)
    for _ in range(20):
        clock[0] += 1
        shown.advance()
    assert stream.getvalue().splitlines()[1:] == [
        "encoding: 10 done of 100, 1.0/s, 90 s left",
        "encoding: 20 done of 100, 1.0/s, 80 s left",
    ]


def test_on_a_terminal_one_line_is_written_over(clock) -> None:
    stream = Terminal()
    shown = TerminalProgress(stream)
    shown.start("encoding", 2)
    clock[0] += 1
    shown.advance()
    shown.finish()
    lines = [line.rstrip() for line in stream.getvalue().split("\r")]
    assert lines == [
        "",
        "encoding: 2 ...",
        "encoding: 1 done of 2, 1.0/s, 1 s left",
        "encoding: 1 done in 1.0 s",
    ]


def test_a_second_stage_begins_at_zero(clock) -> None:  # noqa: ARG001
    stream = io.StringIO()
    shown = TerminalProgress(stream)
    for stage, steps in (("one", 5), ("two", 1)):
        shown.start(stage, steps)
        shown.advance(steps)
        shown.finish()
    assert stream.getvalue().endswith("two: 1 done in 0.0 s\n")
