"""What the shapes of the endpoint are made of: kinds of values with their bounds, addresses."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from msgspec import Meta, Struct, json

from qa_service.nouns.documents import DocumentSummary

JsonObject = dict[str, Any]
Count = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0, le=1)]
Milliseconds = Annotated[float, Meta(ge=0)]
LARGEST_OFFSET = 2**53 - 1
"""The largest whole number that every JSON reader keeps whole."""
Offset = Annotated[
    int,
    Meta(ge=0, le=LARGEST_OFFSET, description="In code points of the document's `text`."),
]
Version = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{64}$",
        min_length=64,
        max_length=64,
        description="sha256 of the source bytes, in hex.",
    ),
]
WrittenDate = Annotated[
    str,
    Meta(
        pattern="^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$(?!\\n)",
        description="YYYY-MM-DD, or shorter where the document says no more.",
        examples=["2023-05-24", "2016-02", "2016"],
    ),
]
DocumentDate = WrittenDate | None
Permalink = Annotated[
    str,
    Meta(pattern="^/documents/", description="Page of the document with this place marked."),
]
HEADING_SEPARATOR = " › "


def members(shape: Struct) -> dict[str, Any]:
    """A shape as JSON's objects, lists and values."""
    found: dict[str, Any] = json.decode(json.encode(shape))
    return found


def heading_text(heading_path: tuple[str, ...]) -> str | None:
    """The headings above a place as one line, outermost first; None where there is none."""
    return HEADING_SEPARATOR.join(heading_path) or None


def document_link(document: DocumentSummary) -> str:
    """The address of a document's page."""
    return f"/documents/{quote(document.id, safe='')}"


def permalink(document: DocumentSummary, start: int, end: int) -> str:
    """The address of a place in a document, pinned to the version that was quoted."""
    return place_link(document.id, document.version, start, end)


def place_link(document_id: str, version: str, start: int, end: int) -> str:
    """The same, by the document's id and version."""
    place = urlencode({"start": start, "end": end, "version": version})
    return f"/documents/{quote(document_id, safe='')}?{place}"
