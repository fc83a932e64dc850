"""Calls that many threads make at the same time, done as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class _Call(Generic[T, R]):
    item: T
    result: R | None = None
    error: Exception | None = None
    done: bool = False


class Together(Generic[T, R]):
    """A function of one thing, made of a function of many.

    Nobody waits for company: a call is worked on at once if no other is, and whoever comes
    meanwhile is taken together next. So a call waits for one batch at most beside its own, as
    long as no more than `most` come at a time.
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]], most: int) -> None:
        """`work` gets `most` things at most and returns as many results, in order."""
        self._work = work
        self._most = most
        self._waiting: list[_Call[T, R]] = []
        self._at_work = Lock()
        self._changing = Lock()

    def __call__(self, item: T) -> R:
        """The result for one thing. Raises what `work` raises."""
        call: _Call[T, R] = _Call(item)
        with self._changing:
            self._waiting.append(call)
        while not call.done:
            with self._at_work:
                if not call.done:
                    self._do_next()
        if call.error is not None:
            raise call.error
        return call.result  # type: ignore[return-value]

    def _do_next(self) -> None:
        with self._changing:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            self._work_on(batch)
        except Exception:
            # One thing that fails must not fail those that only came with it.
            for call in batch:
                self._work_alone(call)
        for call in batch:
            call.done = True

    def _work_alone(self, call: _Call[T, R]) -> None:
        try:
            self._work_on([call])
        except Exception as error:
            call.error = error

    def _work_on(self, batch: Sequence[_Call[T, R]]) -> None:
        results = self._work([call.item for call in batch])
        for call, result in zip(batch, results, strict=True):
            call.result = result
