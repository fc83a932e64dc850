"""The stopwatch: milliseconds of each stage, in the order in which they began to be done."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa_service.answering import stopwatch
from qa_service.answering.stopwatch import Stopwatch


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def perf_counter(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(perf_counter=made.perf_counter))
    return made


def test_time_counts_in_milliseconds_from_when_the_watch_was_made(clock) -> None:
    clock.seconds = 7.0
    watch = Stopwatch()
    clock.seconds = 7.25
    assert watch.elapsed_ms == pytest.approx(250)
    assert watch.stages == {}


def test_each_stage_has_its_own_time_in_order(clock) -> None:
    watch = Stopwatch()
    for name, until in (("ranking", 0.5), ("evidence", 0.6)):
        with watch.stage(name):
            clock.seconds = until
    clock.seconds = 9.0
    assert list(watch.stages) == ["ranking", "evidence"]
    assert list(watch.stages.values()) == pytest.approx([500, 100])


def test_what_is_done_twice_adds_up(clock) -> None:
    watch = Stopwatch()
    for _ in range(2):
        with watch.stage("reading"):
            clock.seconds += 0.25
    assert watch.stages == {"reading": pytest.approx(500)}


def test_a_stage_that_fails_is_counted_and_its_error_goes_on(clock) -> None:
    watch = Stopwatch()

    def fail() -> None:
        with watch.stage("ranking"):
            clock.seconds = 0.125
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert watch.stages == {"ranking": pytest.approx(125)}
