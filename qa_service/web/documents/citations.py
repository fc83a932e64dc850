"""Whether a citation still holds: by JSON for programs, in words for the document's page."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint
from werkzeug.datastructures import MultiDict

from qa_service.answering.citing.relocating import NearestPlace
from qa_service.answering.citing.verifying import Cited, Verification, verify
from qa_service.config import Settings
from qa_service.contract.checking import checked_address
from qa_service.contract.documents import NearestPlace as NearestPlaceShape
from qa_service.contract.documents import Verification as VerificationShape
from qa_service.contract.parts import JsonObject, members, permalink
from qa_service.errors import DocumentWithdrawn, InputError
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.nouns.access import Groups
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.translation.catalogue import N_, _
from qa_service.web.access.groups import groups_asking
from qa_service.web.api.requests import CitedAddress, VerificationAddress
from qa_service.web.serving.answer_service import aside, current_service, current_settings
from qa_service.web.serving.operations import operation
from qa_service.web.serving.problems import sentence
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.wording.display import document_address

LONGEST_LOOKED_BACK = 1_000
"""Characters of an earlier version that are given: a quote has no more, and nobody reads a document
that was taken out."""
VERIFIED = N_("Verified: these words stand at this place of this very version.")
CHANGED = N_("This document has changed since it was cited.")
OTHER_WORDS = N_("This is the version that was cited, but other words stand at this place.")
ALIKE = N_("Marked is the nearest place in today's text (%(likeness)s alike).")
SAME_WORDS = N_("Marked is the nearest place in today's text; it holds the same words.")
GONE = N_("Nothing like the quote is left in it.")
PLACE_ONLY = N_(
    "No build that is kept knows the words that stood there: give the quote to have it looked "
    "for. At the same place today may stand something else."
)

blueprint = Blueprint("citations", __name__, url_prefix="/api/citations")


@operation(
    blueprint,
    "get",
    "/verify",
    VerificationShape,
    (404, 422, 503),
    address=VerificationAddress,
)
def verify_citation(asked: VerificationAddress) -> JsonObject:
    """Whether cited words still stand where they were cited."""
    with aside("documents"):
        found = verification(current_service(), current_settings(), asked, groups_asking())
    return members(found)


def verification(
    service: AnswerService,
    settings: Settings,
    asked: VerificationAddress,
    groups: Groups | None,
) -> VerificationShape:
    """How a citation stands for these groups, by which the service is seen.

    Raises InputError, DocumentNotFound and what opens no build.
    """
    cited = _cited(asked)
    try:
        summary, document = service.document(asked.document_id)
    except DocumentWithdrawn as error:
        return withdrawn(asked.document_id, cited, error)
    cited = with_its_words(cited, document, settings, groups)
    return _verified(summary, document, cited, verify(document, cited))


def cited_by(address: MultiDict[str, str]) -> Cited:
    """The citation that an address names. Raises InputError for a member that is wrong."""
    return _cited(checked_address(address, CitedAddress))


def _cited(asked: CitedAddress) -> Cited:
    if asked.start >= asked.end:
        raise InputError("end", "must be more than start")
    return Cited(asked.version, asked.start, asked.end, asked.quote.strip())


def with_its_words(
    cited: Cited, document: Document, settings: Settings, groups: Groups | None
) -> Cited:
    """The citation with the words it names: those given, else those of a build that is kept, as
    far as these groups might read it then."""
    length = cited.end - cited.start
    known = cited.quote or cited.version == document.version
    if known or not settings.look_back or length > LONGEST_LOOKED_BACK:
        return cited
    span = (cited.start, cited.end)
    words = kept_builds_of(settings).cited_words(document.id, cited.version, span, groups)
    return replace(cited, quote=words)


def state_words(found: Verification, *, quoted: bool) -> str:
    """How a citation stands, in words; `quoted` says whether its words were looked for."""
    if found.state == "verified":
        return _(VERIFIED)
    first = _(OTHER_WORDS if found.same_version else CHANGED)
    if found.nearest is None:
        return f"{first} {_(GONE if quoted else PLACE_ONLY)}"
    if found.nearest.likeness == 1:
        return f"{first} {_(SAME_WORDS)}"
    return f"{first} {_(ALIKE, likeness=f'{found.nearest.likeness:.0%}')}"


def _verified(
    summary: DocumentSummary, document: Document, cited: Cited, found: Verification
) -> VerificationShape:
    verified = found.state == "verified"
    return VerificationShape(
        state=found.state,
        detail=state_words(found, quoted=bool(cited.quote)),
        document_id=summary.id,
        title=summary.title,
        cited_version=cited.version,
        current_version=summary.version,
        quote=document.text[cited.start : cited.end] if verified else cited.quote or None,
        permalink=permalink(summary, cited.start, cited.end) if verified else None,
        nearest=nearest_shape(summary, document, found.nearest) if found.nearest else None,
    )


def withdrawn(document_id: str, cited: Cited, error: DocumentWithdrawn) -> VerificationShape:
    """What is told of a citation from a document that was taken out."""
    return VerificationShape(
        state="withdrawn",
        detail=sentence(error),
        document_id=document_id,
        cited_version=cited.version,
        moved_to=document_address(error.moved_to) if error.moved_to else None,
    )


def nearest_shape(
    summary: DocumentSummary, document: Document, place: NearestPlace
) -> NearestPlaceShape:
    """The nearest place, with its words and address."""
    return NearestPlaceShape(
        start=place.start,
        end=place.end,
        quote=document.text[place.start : place.end],
        likeness=round(place.likeness, 3),
        permalink=permalink(summary, place.start, place.end),
    )
