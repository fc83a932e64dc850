"""What the shapes of the endpoint are made of: kinds of values with their bounds."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct, json

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
        pattern="^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        description="YYYY-MM-DD, or shorter where the document says no more.",
        examples=["2023-05-24", "2016-02", "2016"],
    ),
]
DocumentDate = WrittenDate | None
Permalink = Annotated[
    str,
    Meta(pattern="^/documents/", description="Page of the document with this place marked."),
]


def members(shape: Struct) -> dict[str, Any]:
    """A shape as JSON's objects, lists and values."""
    found: dict[str, Any] = json.decode(json.encode(shape))
    return found
