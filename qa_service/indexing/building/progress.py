"""How a long run tells how far it is. The faces decide what that looks like."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told about each stage of a build, in order."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` steps are expected, None where that is not known."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""

    def tell(self, aside: str) -> None:
        """What else there is to say of the stage, such as who works on it."""

    def finish(self) -> None:
        """The stage is over."""


class NoProgress:
    """Says nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """See Progress."""

    def advance(self, steps: int = 1) -> None:
        """See Progress."""

    def tell(self, aside: str) -> None:
        """See Progress."""

    def finish(self) -> None:
        """See Progress."""
