"""The tools that look at documents: list them, read one, prove a quote."""

from __future__ import annotations

from qa_service.answering.citing.verifying import Cited, find_quote
from qa_service.contract.documents import (
    DocumentsPage,
    ReadStretch,
    Verification,
    linked,
    listed,
)
from qa_service.contract.parts import permalink
from qa_service.errors import DocumentWithdrawn, InputError
from qa_service.nouns.documents import page_at
from qa_service.web.api.requests import StretchAddress, VerificationAddress, stretch_within
from qa_service.web.documents.citations import nearest_shape, verification, withdrawn
from qa_service.web.documents.listing import holds
from qa_service.web.mcp.arguments import (
    MOST_READ,
    DocumentsArguments,
    ReadArguments,
    VerifyArguments,
)
from qa_service.web.mcp.desk import Desk

STANDS = "Verified: these words stand at this place of the document."
STANDS_NOWHERE = "These words do not stand in this document."
NEAREST = "`nearest` is the place most like them"


def list_documents(desk: Desk, given: DocumentsArguments) -> DocumentsPage:
    """A page of the documents, by title. Raises InputError."""
    words, filters = given.find.casefold().split(), given.filters
    with desk.opening_documents() as service:
        found = [item for item in service.documents() if holds(item, words)]
    found = [item for item in found if filters.admits(item)]
    first = int(given.cursor or 0)
    last = first + given.limit
    return DocumentsPage(
        total=len(found),
        documents=[listed(item) for item in found[first:last]],
        cursor=str(last) if last < len(found) else None,
    )


def read(desk: Desk, given: ReadArguments) -> ReadStretch:
    """A stretch of a document. Raises InputError and DocumentNotFound."""
    with desk.opening_documents() as service:
        summary, document = service.document(given.document_id)
    length = len(document.text)
    wanted = length if given.end is None else given.end
    asked = StretchAddress(start=given.start, end=wanted)
    start, end = stretch_within(document.text, asked) if length else (0, 0)
    end = min(end, start + MOST_READ)
    return ReadStretch(
        document=linked(summary),
        document_version=summary.version,
        page=page_at(document, start),
        start=start,
        end=end,
        text=document.text[start:end],
        length=length,
        permalink=permalink(summary, start, end),
    )


def verify(desk: Desk, given: VerifyArguments) -> Verification:
    """Whether a quote stands at its place or, without one, anywhere in the document.

    Raises InputError and DocumentNotFound.
    """
    place = (given.start, given.end, given.version)
    if place == (None, None, None):
        return _found(desk, given)
    if given.start is None or given.end is None or given.version is None:
        raise InputError("start", "give start, end and version together, or none of them")
    cited = VerificationAddress(
        document_id=given.document_id,
        start=given.start,
        end=given.end,
        version=given.version,
        quote=given.quote,
    )
    with desk.opening_documents() as service:
        return verification(service, desk.settings, cited, desk.groups)


def _found(desk: Desk, given: VerifyArguments) -> Verification:
    """The quote, looked for in the document as it is today."""
    try:
        with desk.opening_documents() as service:
            summary, document = service.document(given.document_id)
            found = find_quote(document, given.quote)
    except DocumentWithdrawn as error:
        return withdrawn(given.document_id, Cited("", 0, 0, given.quote), error)
    start, end = found.place or (0, 0)
    stands = found.place is not None
    return Verification(
        state="verified" if stands else "absent",
        detail=STANDS if stands else STANDS_NOWHERE + (f" {NEAREST}." if found.nearest else ""),
        document_id=summary.id,
        title=summary.title,
        cited_version=summary.version,
        current_version=summary.version,
        quote=document.text[start:end] if stands else given.quote,
        permalink=permalink(summary, start, end) if stands else None,
        nearest=nearest_shape(summary, document, found.nearest) if found.nearest else None,
    )
