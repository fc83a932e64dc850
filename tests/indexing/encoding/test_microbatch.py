"""Calls that come at the same time are done as one, and each gets its own result."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pytest

from qa_service.indexing.encoding.microbatch import Together


class Slow:
    """Doubles numbers; the first call waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.go_on = Semaphore(0), Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        self.begun.release()
        self.go_on.wait(10)
        return [2 * number for number in numbers]


def asked_while_busy(work: Slow, together: Together[int, int], numbers: Sequence[int]) -> list[int]:
    """The results of calls that all come while a first one, for 0, is worked on."""
    with ThreadPoolExecutor(len(numbers) + 1) as pool:
        first = pool.submit(together, 0)
        work.begun.acquire()
        others = [pool.submit(together, number) for number in numbers]
        while len(together._waiting) < len(numbers):
            pass
        work.go_on.set()
        assert first.result() == 0
        return [other.result() for other in others]


def test_a_call_alone_is_done_at_once() -> None:
    assert Together(lambda numbers: [n + 1 for n in numbers], 4)(1) == 2


def test_calls_that_come_meanwhile_are_done_together() -> None:
    work = Slow()
    assert asked_while_busy(work, Together(work, 8), [1, 2, 3]) == [2, 4, 6]
    assert work.batches[0] == [0]
    assert sorted(work.batches[1]) == [1, 2, 3]


def test_no_more_than_so_many_are_done_at_a_time() -> None:
    work = Slow()
    assert asked_while_busy(work, Together(work, 2), [1, 2, 3, 4, 5]) == [2, 4, 6, 8, 10]
    assert [len(batch) for batch in work.batches] == [1, 2, 2, 1]


def test_what_fails_fails_alone_among_others() -> None:
    work = Slow()

    def ratios(numbers: Sequence[int]) -> list[float]:
        work(numbers)
        return [number / (number - 2) for number in numbers]

    with pytest.raises(ZeroDivisionError):
        asked_while_busy(work, Together(ratios, 8), [1, 2, 3])
    assert sorted(work.batches[2:]) == [[1], [2], [3]]


def test_what_fails_fails_for_each_caller_and_the_next_call_works() -> None:
    together = Together(lambda numbers: [1 // number for number in numbers], 4)
    with pytest.raises(ZeroDivisionError):
        together(0)
    assert together(1) == 1
