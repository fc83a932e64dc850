"""What a mirror asks of whatever lies at an address, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a page that there is.

    `name` is its path in the mirror, "" where that is known once it is fetched. `mark` differs
    whenever it may hold something else; "" where a list does not say. `size` is in bytes.
    """

    address: str
    name: str = ""
    mark: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A file of a mirror: its path below, the mark it had in the list it was fetched from, its
    size in bytes, and what is sent to be told whether it changed."""

    name: str
    mark: str = ""
    size: int = 0
    validators: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """All entries at an address, and what is left out of them, each with the reason."""

    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, str], ...] = ()


class Place(Protocol):
    """What lies at an address. Each method raises FetchFailed where it cannot be had for now."""

    def listing(self) -> Listing:
        """All that there is; never a part of it.

        Raises NotThere where the place itself is gone for certain.
        """

    def fetch(self, entry: Entry, held: Held | None, file: BinaryIO) -> Held | None:
        """Writes an entry's bytes into a file; None where what is held is still the same.

        Raises NotThere where it is gone.
        """

    def is_gone(self, address: str) -> bool:
        """Whether what was listed once and is not any more is really not there."""

    def table(self, held: dict[str, Held]) -> str | None:
        """What states of the files what they don't say themselves, as CSV, made of all that is
        held by address; None where the place has such a table itself."""
