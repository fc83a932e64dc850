"""Requests become Questions here, or an error that names the field and the bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from qa_service.errors import InputError
from qa_service.input_checks import TRUTH, day_text, plain_text, question_text
from qa_service.nouns.questions import Filters, Question, Role, Turn

MAX_HISTORY_TURNS = 40
MAX_QUESTION_LIMIT = 50
MAX_SEARCH_LIMIT = 100
DEFAULT_QUESTION_LIMIT = 5
DEFAULT_SEARCH_LIMIT = 10
MAX_COMPLETIONS = 20
DEFAULT_COMPLETIONS = 8
MAX_PREFIX_CHARACTERS = 200
ROLES = ("user", "assistant")
FILTER_NAMES = ("document_ids", "collections", "date_from", "date_to")


def json_body(request: Request) -> dict[str, Any]:
    """The request's JSON object.

    Raises UnsupportedMediaType where it is not declared as JSON, BadRequest where it is
    not a JSON object in UTF-8, RequestEntityTooLarge where it is too long.
    """
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")
    body = request.get_data(cache=False)
    # A body sent in chunks is cut at the limit instead of being refused.
    most = request.max_content_length
    if most and request.content_length is None and len(body) >= most:
        raise RequestEntityTooLarge
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("The request is not valid JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise BadRequest('The request must be a JSON object such as {"question": "…"}.')
    return value


def question_from(body: Mapping[str, Any]) -> Question:
    """The Question a request asks. Unknown members are ignored; InputError names a wrong one."""
    return Question(
        text=question_text(body.get("question")),
        history=_history(body.get("history")),
        limit=_limit(body.get("limit"), MAX_QUESTION_LIMIT, DEFAULT_QUESTION_LIMIT),
        filters=_filters(body.get("filters")),
        spelling=_switch(body.get("spelling"), "spelling"),
        scope=_switch(body.get("scope"), "scope"),
        follow_up=_switch(body.get("follow_up"), "follow_up"),
        compare=_switch(body.get("compare"), "compare", default=False),
    )


def search_limit(value: str | None) -> int:
    """The `limit` of a search address, 1 to 100, 10 where there is none."""
    return _address_limit(value, MAX_SEARCH_LIMIT, DEFAULT_SEARCH_LIMIT)


def completion_limit(value: str | None) -> int:
    """The `limit` of an address that completes, 1 to 20, 8 where there is none."""
    return _address_limit(value, MAX_COMPLETIONS, DEFAULT_COMPLETIONS)


def prefix_text(value: str | None) -> str:
    """What was typed so far; nothing typed is well too. Raises InputError over 200 characters."""
    text = plain_text(value or "", "q").strip()
    if len(text) > MAX_PREFIX_CHARACTERS:
        raise InputError("q", f"is too long; send {MAX_PREFIX_CHARACTERS} characters at most")
    return text


def _address_limit(value: str | None, highest: int, default: int) -> int:
    if value is not None and not re.fullmatch(r"[+-]?\d{1,9}", value, re.ASCII):
        raise InputError("limit", f"must be a whole number from 1 to {highest}")
    return _limit(None if value is None else int(value), highest, default)


def spelling_switch(value: str | None) -> bool:
    """The `spelling` of an address, true where there is none."""
    return _switch(TRUTH.get(value, value) if value else value, "spelling")


def stretch(text: str, start: str | None, end: str | None) -> tuple[int, int]:
    """The stretch of a text that an address names. Raises InputError where there is none."""
    first, last = offset(start, "start"), offset(end, "end")
    if not first < last <= len(text):
        raise InputError("end", f"must be more than start and at most {len(text)}")
    return first, last


def offset(value: str | None, field: str) -> int:
    """A place in a text that an address names. Raises InputError for anything else."""
    if value is None or not re.fullmatch(r"\d{1,12}", value, re.ASCII):
        raise InputError(field, "must be a whole number, counted in characters of the text")
    return int(value)


def _switch(value: object, field: str, *, default: bool = True) -> bool:
    if value is None:
        return default
    if not isinstance(value, bool):
        raise InputError(field, "must be true or false")
    return value


def _limit(value: object, highest: int, default: int) -> int:
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= highest:
        raise InputError("limit", f"must be a whole number from 1 to {highest}")
    return value


def _history(value: object) -> tuple[Turn, ...]:
    turns = _list(value, "history")
    if len(turns) > MAX_HISTORY_TURNS:
        found = f"has {len(turns):,} turns"
        raise InputError("history", f"{found}; send the latest {MAX_HISTORY_TURNS} at most")
    return tuple(_turn(turn, f"history[{place}]") for place, turn in enumerate(turns))


def _turn(value: object, field: str) -> Turn:
    if not isinstance(value, dict):
        raise InputError(field, 'must be an object like {"role": "user", "text": "…"}')
    role = value.get("role")
    if role not in ROLES:
        raise InputError(f"{field}.role", f"must be one of {', '.join(ROLES)}")
    return Turn(cast(Role, role), plain_text(value.get("text"), f"{field}.text"))


def _filters(value: object) -> Filters:
    if value is None:
        return Filters()
    if not isinstance(value, dict):
        raise InputError("filters", f"must be an object of {', '.join(FILTER_NAMES)}")
    for name in value:
        if name not in FILTER_NAMES:
            raise InputError("filters", f"knows only {', '.join(FILTER_NAMES)}")
    filters = Filters(
        document_ids=_texts(value.get("document_ids"), "filters.document_ids"),
        collections=_texts(value.get("collections"), "filters.collections"),
        date_from=_day(value.get("date_from"), "filters.date_from"),
        date_to=_day(value.get("date_to"), "filters.date_to"),
    )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise InputError("filters.date_from", "must not be later than filters.date_to")
    return filters


def _texts(value: object, field: str) -> tuple[str, ...]:
    return tuple(
        plain_text(item, f"{field}[{place}]") for place, item in enumerate(_list(value, field))
    )


def _day(value: object, field: str) -> str | None:
    """A day that exists, written YYYY-MM-DD; None where none is given."""
    return None if value is None else day_text(value, field)


def _list(value: object, field: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(field, "must be a list")
    return value
