"""The shapes of requests, with the bounds of all that one can carry; a request becomes a noun
here, or an error that names the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from qa_service.contract.checking import checked
from qa_service.contract.parts import Offset, Version
from qa_service.errors import InputError
from qa_service.feedback import records
from qa_service.input_checks import MAX_QUESTION_CHARACTERS, question_text
from qa_service.nouns import questions as nouns
from qa_service.nouns.results import Reason
from qa_service.translation.catalogue import _, language

MAX_LIMITED_TO = 1_000
"""Documents, and collections, that one question may be limited to."""
MAX_NAME_CHARACTERS = 2_000
MAX_QUOTE_CHARACTERS = 20_000
MAX_NOTE_CHARACTERS = 1_000
MAX_PREFIX_CHARACTERS = 200
MAX_CITED_CHARACTERS = 4_000
"""Of a quote that is looked for in a document."""

# White space around a question does not count, so that its length is checked without it.
QuestionText = Annotated[
    str,
    Meta(extra_json_schema={"minLength": 1, "maxLength": MAX_QUESTION_CHARACTERS}),
]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
Names = Annotated[
    list[Annotated[str, Meta(max_length=MAX_NAME_CHARACTERS)]], Meta(max_length=MAX_LIMITED_TO)
]
Switch = Literal["true", "false"]
"""A switch of an address."""
FeedbackId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", min_length=32, max_length=32)]


class Turn(Struct, frozen=True):
    """One earlier message of the conversation."""

    role: nouns.Role
    text: str


History = Annotated[
    list[Turn],
    Meta(
        max_length=nouns.MOST_TURNS,
        description="Earlier turns of the conversation, oldest first.",
    ),
]


class Filters(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits the documents. Dates are inclusive."""

    document_ids: Names | None = None
    collections: Names | None = None
    date_from: date | None = None
    date_to: date | None = None


class Question(Struct, frozen=True, kw_only=True):
    """A question, after a conversation."""

    question: QuestionText
    history: History | None = None
    limit: Annotated[
        Annotated[int, Meta(ge=1, le=50)] | None,
        Meta(description="How many passages to return beside the answer."),
    ] = 5
    filters: Filters | None = None
    spelling: Annotated[
        bool | None,
        Meta(description="Whether mistyped words are matched to those of the documents."),
    ] = True
    scope: Annotated[
        bool | None,
        Meta(description="Whether dates, places and documents that it names narrow the search."),
    ] = True
    follow_up: Annotated[
        bool | None,
        Meta(description="Whether it may refer to the history; false asks the words as typed."),
    ] = True
    compare: Annotated[
        bool | None,
        Meta(description="Whether it is asked of each dated document, oldest to newest."),
    ] = False


class CitedQuote(Struct, frozen=True, kw_only=True):
    """The first citation of an answer that is judged."""

    document_id: Name
    document_version: Version
    title: str | None = None
    quote: Annotated[str, Meta(min_length=1, max_length=MAX_QUOTE_CHARACTERS)]
    start: Offset
    end: Offset


class Feedback(Struct, frozen=True, kw_only=True):
    """A verdict on an answer; `answered` to `reason` stand as the answer had them."""

    question: QuestionText
    verdict: Annotated[records.Verdict, Meta(description="up: right; down: wrong.")]
    answered: bool
    citation: Annotated[
        CitedQuote | None, Meta(description="The first; null where the answer had none.")
    ] = None
    standalone_question: QuestionText | None = None
    reason: Reason | None = None
    history: History | None = None
    filters: Filters | None = None
    note: Annotated[str | None, Meta(extra_json_schema={"maxLength": MAX_NOTE_CHARACTERS})] = None
    replaces: Annotated[
        FeedbackId | None, Meta(description="The id of an earlier verdict to remove.")
    ] = None


class SearchAddress(Struct, frozen=True, kw_only=True):
    """The address of a search."""

    q: QuestionText
    limit: Annotated[int, Meta(ge=1, le=100)] = 10
    spelling: Annotated[
        Switch, Meta(description="Whether mistyped words are matched to those of the documents.")
    ] = "true"


class CompletionAddress(Struct, frozen=True, kw_only=True):
    """The address that completes a question."""

    q: Annotated[
        str,
        Meta(
            max_length=MAX_PREFIX_CHARACTERS,
            description="What was typed so far; its words are looked for by how they begin.",
        ),
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=20)] = 8


class StretchAddress(Struct, frozen=True, kw_only=True):
    """A stretch of a document's text."""

    start: Offset
    end: Offset


class CitedAddress(StretchAddress, frozen=True, kw_only=True):
    """What the address of a cited place says of it."""

    version: Annotated[str, Meta(description="`document_version` of the citation.")]
    quote: Annotated[
        str,
        Meta(
            max_length=MAX_CITED_CHARACTERS,
            description="The words that were cited, to find them where the document changed.",
        ),
    ] = ""


class VerificationAddress(CitedAddress, frozen=True, kw_only=True):
    """A citation that is verified."""

    document_id: Annotated[str, Meta(description="Of the citation.")]


def question_from(body: Mapping[str, Any]) -> nouns.Question:
    """The Question a request asks. Unknown members are ignored; InputError names a wrong one."""
    return question_of(checked(body, Question))


def question_of(given: Question) -> nouns.Question:
    """The noun of a question that is checked. Raises InputError for an empty one."""
    return nouns.Question(
        text=question_text(given.question),
        history=_history(given.history),
        limit=5 if given.limit is None else given.limit,
        filters=filters_of(given.filters),
        spelling=given.spelling is not False,
        scope=given.scope is not False,
        follow_up=given.follow_up is not False,
        compare=bool(given.compare),
        language=language(),
    )


def feedback_from(body: Mapping[str, Any]) -> tuple[records.Feedback, str | None]:
    """The Feedback of a request, and the id of the verdict that it replaces."""
    given = checked(body, Feedback)
    if given.answered and given.reason is not None:
        raise InputError("reason", "must be null where there was an answer")
    if given.citation and not given.answered:
        raise InputError("citation", "must be null where there was no answer")
    question = question_text(given.question)
    standalone = given.standalone_question
    feedback = records.Feedback(
        question=question,
        verdict=given.verdict,
        answered=given.answered,
        citation=_cited(given.citation) if given.citation else None,
        standalone_question=(
            question if standalone is None else question_text(standalone, "standalone_question")
        ),
        history=_history(given.history),
        filters=filters_of(given.filters),
        reason=given.reason,
        note=_note(given.note or ""),
    )
    return feedback, given.replaces


def stretch_within(text: str, asked: StretchAddress) -> tuple[int, int]:
    """The stretch of a text that is asked for. Raises InputError where there is none."""
    if not asked.start < asked.end <= len(text):
        raise InputError("end", f"must be more than start and at most {len(text)}")
    return asked.start, asked.end


def filters_of(given: Filters | None, path: str = "filters.") -> nouns.Filters:
    """The filters as everything beyond the endpoint knows them; `path` leads to their members.
    Raises InputError."""
    if given is None:
        return nouns.NO_FILTERS
    first, last = given.date_from, given.date_to
    if first and last and first > last:
        raise InputError(
            f"{path}date_from", _("must not be later than %(field)s", field=f"{path}date_to")
        )
    return nouns.Filters(
        document_ids=tuple(given.document_ids or ()),
        collections=tuple(given.collections or ()),
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
    )


def _history(turns: list[Turn] | None) -> tuple[nouns.Turn, ...]:
    return tuple(nouns.Turn(turn.role, turn.text) for turn in turns or ())


def _note(text: str) -> str:
    """The note; a form sends its line breaks as two characters, which count as one."""
    note = text.replace("\r\n", "\n").strip()
    if len(note) > MAX_NOTE_CHARACTERS:
        found = f"is {len(note):,} characters"
        raise InputError("note", f"{found}; send {MAX_NOTE_CHARACTERS:,} characters at most")
    return note


def _cited(given: CitedQuote) -> records.CitedQuote:
    if not given.start < given.end:
        raise InputError("citation.start", "must be lower than citation.end")
    for name, text in (("document_id", given.document_id), ("quote", given.quote)):
        if not text.strip():
            raise InputError(f"citation.{name}", "must not be blank")
    return records.CitedQuote(
        document_id=given.document_id,
        document_version=given.document_version,
        title=(given.title or "")[:MAX_NAME_CHARACTERS],
        quote=given.quote,
        start=given.start,
        end=given.end,
    )
