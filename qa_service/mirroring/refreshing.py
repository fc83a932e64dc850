"""One mirror made like what lies at its address now, as far as that can be had."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from qa_service.errors import BuildFailed, FetchFailed, NotThere
from qa_service.mirroring.emptied import believable_listing
from qa_service.mirroring.mirror_folder import MirrorFolder, State
from qa_service.mirroring.places import Entry, Place
from qa_service.nouns.documents import TABLE_NAME
from qa_service.translation.sentences import said

Told = Callable[[int | None], None]
"""Gets how many entries there are, then None for each that is done."""


def refresh(name: str, address: str, place: Place, mirror: MirrorFolder, told: Told) -> None:
    """Fetches what is new or changed, and removes what is gone.

    What cannot be had stays as it was fetched before, and is told in the mirror's state. Where
    nothing could be listed all of it stays. Raises BuildFailed where nothing ever was.
    """
    state = mirror.state(address)
    try:
        mirror.clear_incoming()
        _follow(place, mirror, state, told)
    except OSError as error:
        told_of = {"folder": mirror.folder, "error": error.strerror}
        raise BuildFailed(said("cannot write to %(folder)s: %(error)s", **told_of)) from error
    except FetchFailed as error:
        if not state.completed:
            raise BuildFailed(_never_mirrored(name, address, error)) from error
        state.problems = [("", _as_it_was(address, error, state.completed))]
    finally:
        with suppress(OSError):  # as told above
            mirror.save(state)


def _never_mirrored(name: str, address: str, error: FetchFailed) -> str:
    return said(
        "%(name)s: %(address)s cannot be mirrored: %(error)s",
        name=name,
        address=address,
        error=error,
    )


def _as_it_was(address: str, error: FetchFailed, day: str) -> str:
    return said(
        "%(address)s cannot be mirrored: %(error)s; its documents are those of %(day)s",
        address=address,
        error=error,
        day=day,
    )


def _follow(place: Place, mirror: MirrorFolder, state: State, told: Told) -> None:
    listing = believable_listing(place, mirror, state)
    state.problems = list(listing.left_out)
    told(len(listing.entries))
    # The table first: where it says who may read what, nothing else may come without it.
    for entry in sorted(listing.entries, key=lambda entry: entry.name != TABLE_NAME):
        _fetch(entry, place, mirror, state)
        told(None)
    _remove_gone({entry.address for entry in listing.entries}, place, state)
    _tidy(place, mirror, state, {entry.name for entry in listing.entries})
    state.completed = datetime.now(UTC).isoformat(sep=" ", timespec="minutes")


def _fetch(entry: Entry, place: Place, mirror: MirrorFolder, state: State) -> None:
    held = state.held.get(entry.address)
    held = held if held and mirror.has(held) else None
    if held and entry.mark and entry.mark == held.mark:
        return
    try:
        with mirror.incoming() as file:
            if fetched := place.fetch(entry, held, file):
                mirror.put(file, fetched.name)
                state.held[entry.address] = fetched
            elif held:
                state.held[entry.address] = replace(held, mark=entry.mark)
        mirror.save_at_times(state)
    except FetchFailed as error:
        if entry.name == TABLE_NAME:
            raise FetchFailed(
                said("its %(table)s cannot be fetched: %(error)s", table=TABLE_NAME, error=error)
            ) from error
        if isinstance(error, NotThere):
            state.held.pop(entry.address, None)
        reason = str(error)
        if entry.address in state.held:
            reason = said("%(reason)s; the copy fetched before stays", reason=reason)
        state.problems.append((entry.name or entry.address, reason))


def _remove_gone(listed: set[str], place: Place, state: State) -> None:
    """Forgets what is not listed any more and, asked for by itself, is not there either."""
    for address in state.held.keys() - listed:
        name = state.held[address].name
        try:
            if place.is_gone(address):
                del state.held[address]
                continue
            reason = said("it is there and not listed")
        except FetchFailed as error:
            reason = said(
                "it is not listed, and whether it is gone cannot be told: %(error)s", error=error
            )
        state.problems.append(
            (name, said("%(reason)s; the copy fetched before stays", reason=reason))
        )


def _tidy(place: Place, mirror: MirrorFolder, state: State, listed: set[str]) -> None:
    """Writes the table of what is held, and removes files of which nothing is known."""
    names = {held.name for held in state.held.values()} | listed
    table = place.table(state.held)
    if table is not None:
        names.add(TABLE_NAME)
        with mirror.incoming() as file:
            file.write(table.encode())
            mirror.put(file, TABLE_NAME)
    mirror.save(state)
    mirror.keep_only(names)
