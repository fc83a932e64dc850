"""Steps that may hang, such as asking another computer: done in time, or given up."""

from __future__ import annotations

from collections.abc import Callable
from errno import ENOENT
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from qa_service.errors import FetchFailed
from qa_service.translation.sentences import said

Result = TypeVar("Result")
_MOST_TOLD = 200


def within(seconds: float, step: Callable[[], Result]) -> Result:
    """What a step returns.

    Raises FetchFailed where it takes longer, which leaves it to a thread that ends with the
    process, or raises anything: drivers raise what they like. FileNotFoundError is passed on, and
    raised where a driver's own error says the same.
    """
    done: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((step(), None))
        except BaseException as error:
            done.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise FetchFailed(
            said(
                "no answer within %(seconds)s s; raise QA_FETCH_SECONDS if it is only slow",
                seconds=f"{seconds:g}",
            )
        ) from None
    if error is not None:
        raise _told(error) from error
    return result  # type: ignore[return-value]


def _told(error: BaseException) -> BaseException:
    if isinstance(error, FileNotFoundError | FetchFailed):
        return error
    if isinstance(error, OSError) and error.errno == ENOENT:
        return FileNotFoundError(*error.args)
    message = " ".join(str(error).split())[:_MOST_TOLD]
    return FetchFailed(f"{type(error).__name__}: {message}" if message else type(error).__name__)
