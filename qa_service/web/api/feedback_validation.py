"""Requests become Feedback here, or an error that names the field and the bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from qa_service.errors import InputError
from qa_service.feedback.records import CitedQuote, Feedback, Verdict
from qa_service.input_checks import plain_text, question_text
from qa_service.nouns.results import Reason
from qa_service.web.api.validation import question_from

MAX_NOTE_CHARACTERS = 1_000
MAX_NAME_CHARACTERS = 2_000
MAX_QUOTE_CHARACTERS = 20_000
VERSION = re.compile(r"[0-9a-f]{64}", re.ASCII)
FEEDBACK_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def feedback_from(body: Mapping[str, Any]) -> Feedback:
    """The Feedback of a request. Unknown members are ignored; InputError names a wrong one."""
    question = question_from(body)
    answered = body.get("answered")
    if not isinstance(answered, bool):
        raise InputError("answered", "must be true or false, as the answer had it")
    standalone = body.get("standalone_question")
    return Feedback(
        question=question.text,
        verdict=_verdict(body.get("verdict")),
        answered=answered,
        citation=_citation(body.get("citation"), answered),
        standalone_question=(
            question.text
            if standalone is None
            else question_text(standalone, "standalone_question")
        ),
        history=question.history,
        filters=question.filters,
        reason=_reason(body.get("reason"), answered),
        note=_note(body.get("note")),
    )


def replaced_id(value: object) -> str | None:
    """The `replaces` of a request; None where it replaces nothing."""
    if value is None:
        return None
    if not isinstance(value, str) or not FEEDBACK_ID.fullmatch(value):
        raise InputError("replaces", "must be the id of feedback that was stored, or null")
    return value


def _verdict(value: object) -> Verdict:
    if value not in get_args(Verdict):
        raise InputError("verdict", "must be up or down")
    return cast(Verdict, value)


def _reason(value: object, answered: bool) -> Reason | None:
    if value is not None and (answered or value not in get_args(Reason)):
        known = ", ".join(get_args(Reason))
        raise InputError("reason", f"must be one of {known} where nothing was answered, else null")
    return cast(Reason | None, value)


def _note(value: object) -> str:
    """The note; a form sends its line breaks as two characters, which count as one."""
    text = plain_text("" if value is None else value, "note").replace("\r\n", "\n").strip()
    if len(text) > MAX_NOTE_CHARACTERS:
        found = f"is {len(text):,} characters"
        raise InputError("note", f"{found}; send {MAX_NOTE_CHARACTERS:,} characters at most")
    return text


def _citation(value: object, answered: bool) -> CitedQuote | None:
    if value is None:
        return None
    if not answered or not isinstance(value, dict):
        raise InputError("citation", "must be the answer's first citation, or null if it had none")
    start, end = _place(value)
    return CitedQuote(
        document_id=_text(value.get("document_id"), "citation.document_id", MAX_NAME_CHARACTERS),
        document_version=_version(value.get("document_version")),
        title=_title(value.get("title")),
        quote=_text(value.get("quote"), "citation.quote", MAX_QUOTE_CHARACTERS),
        start=start,
        end=end,
    )


def _place(citation: Mapping[str, Any]) -> tuple[int, int]:
    start, end = citation.get("start"), citation.get("end")
    for name, value in (("start", start), ("end", end)):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
            raise InputError(f"citation.{name}", "must be a whole number from 0")
    if cast(int, start) >= cast(int, end):
        raise InputError("citation.start", "must be lower than citation.end")
    return cast(int, start), cast(int, end)


def _version(value: object) -> str:
    if not isinstance(value, str) or not VERSION.fullmatch(value):
        raise InputError("citation.document_version", "must be 64 hexadecimal digits")
    return value


def _title(value: object) -> str:
    """The document's title; may be left out."""
    return "" if value is None else plain_text(value, "citation.title")[:MAX_NAME_CHARACTERS]


def _text(value: object, field: str, most: int) -> str:
    text = plain_text(value, field)
    if not text.strip() or len(text) > most:
        raise InputError(field, f"must be 1 to {most:,} characters")
    return text
