"""What reading one file may cost, and how a long read tells that it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from qa_service.config import Settings


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds on one file of the corpus.

    `text_characters` bound one document, `output_bytes` all that a file gives;
    `seconds` is the time without a step forward: each file within an archive and each
    page that is recognised by OCR is a step. `unpacked_bytes`, `members` and `depth`
    bound what a file that holds others may unpack to. `total_seconds` bound all of a file, steps
    or not, and every try at it.
    """

    file_bytes: int = 200 * 2**20
    seconds: float = 120.0
    total_seconds: float = 3600.0
    memory_bytes: int = 2048 * 2**20
    output_bytes: int = 256 * 2**20
    text_characters: int = 20_000_000
    unpacked_bytes: int = 2**30
    members: int = 10_000
    depth: int = 3


_step: ContextVar[Callable[[str], None] | None] = ContextVar("step", default=None)


@contextmanager
def told_of_steps(listener: Callable[[str], None]) -> Iterator[None]:
    """Calls `listener` at every step forward within the block."""
    token = _step.set(listener)
    try:
        yield
    finally:
        _step.reset(token)


def step_forward(name: str = "") -> None:
    """Says that a long read goes on, to the document of that name, and its time begins anew."""
    if listener := _step.get():
        listener(name)


def limits_of(settings: Settings) -> ReadingLimits:
    """What a source file may take, as the settings have it."""
    return ReadingLimits(
        file_bytes=settings.max_file_megabytes * 2**20,
        seconds=settings.max_file_seconds,
        total_seconds=settings.max_file_total_seconds,
        memory_bytes=settings.max_reading_megabytes * 2**20,
    )
