"""What the address of a document's page cites: the place to mark, and how the citation stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from werkzeug.datastructures import MultiDict

from qa_service.answering.citing.verifying import Cited, Verification, verify
from qa_service.errors import InputError
from qa_service.nouns.documents import Document
from qa_service.translation.catalogue import N_, _
from qa_service.web.access.groups import groups_asking
from qa_service.web.documents.citations import CHANGED, cited_by, state_words, with_its_words
from qa_service.web.documents.document_view import Span, marked_span
from qa_service.web.serving.answer_service import current_settings

NO_SUCH_PLACE = N_("The place this address names is not in the document, so nothing is marked.")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """`mark` is the place to mark; `words` say how the citation stands, empty where none is;
    `quote` are the words that were cited, where they are known."""

    mark: Span | None = None
    state: Literal["", "verified", "changed"] = ""
    words: str = ""
    quote: str = ""


def cited_place(document: Document, address: MultiDict[str, str]) -> CitedPlace:
    """The place an address names, or the nearest to it where the document has changed."""
    if not {"start", "end"} & set(address):
        return CitedPlace()
    mark = marked_span(document.text, address.get("start"), address.get("end"))
    if "version" not in address:
        return CitedPlace(mark, words="" if mark else _(NO_SUCH_PLACE))
    try:
        named, groups = cited_by(address), groups_asking()
        cited = with_its_words(named, document, current_settings(), groups)
        found = verify(document, cited)
    except InputError:
        changed = address["version"] != document.version
        return CitedPlace(words=_changed_words() if changed else _(NO_SUCH_PLACE))
    if found.state == "verified":
        return CitedPlace(mark, "verified", state_words(found, quoted=bool(cited.quote)))
    return _changed(found, cited, mark)


def _changed(found: Verification, cited: Cited, mark: Span | None) -> CitedPlace:
    words = state_words(found, quoted=bool(cited.quote))
    if found.nearest:
        return CitedPlace((found.nearest.start, found.nearest.end), "changed", words, cited.quote)
    if cited.quote:
        return CitedPlace(None, "changed", words, cited.quote)
    return CitedPlace(mark, "changed", words if mark else _changed_words())


def _changed_words() -> str:
    return f"{_(CHANGED)} {_(NO_SUCH_PLACE)}"
