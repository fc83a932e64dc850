"""When a place that is suddenly empty is believed: a disk that is not mounted looks the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from qa_service.errors import FetchFailed, NotThere
from qa_service.mirroring.mirror_folder import MirrorFolder, State
from qa_service.mirroring.places import Listing, Place
from qa_service.translation.sentences import said

BELIEVED_AFTER = timedelta(minutes=30)


def believable_listing(place: Place, mirror: MirrorFolder, state: State) -> Listing:
    """All that there is now, and in the state since when that is nothing, if it is.

    Raises FetchFailed where it cannot be had, and where what held files before lists none and
    did not so at another look, `BELIEVED_AFTER` or longer ago.
    """
    listing = _listing(place, state)
    if listing.entries or not state.held:
        state.empty_since = ""
    else:
        state.empty_since = state.empty_since or datetime.now(UTC).isoformat()
        _require_patience(mirror, state)
    return listing


def _listing(place: Place, state: State) -> Listing:
    """Nothing, too, where the folder that held files is gone from the one above it."""
    try:
        return place.listing()
    except NotThere:
        if not state.held:
            raise
        return Listing(())


def _require_patience(mirror: MirrorFolder, state: State) -> None:
    believed = datetime.fromisoformat(state.empty_since) + BELIEVED_AFTER
    if datetime.now(UTC) < believed:
        raise FetchFailed(
            said(
                "nothing is listed there, where %(number)s files were; builds after %(time)s take "
                "them out if that is still so, and at once if you delete the folder %(folder)s",
                number=len(state.held),
                time=f"{believed:%Y-%m-%d %H:%M} UTC",
                folder=mirror.folder,
            )
        )
