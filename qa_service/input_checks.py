"""Text that people and programs give: what a question, a word or a day may be, for both faces."""

from __future__ import annotations

import re
from datetime import date

from qa_service.errors import InputError
from qa_service.translation.catalogue import _, number_words

MAX_QUESTION_CHARACTERS = 2_000
TRUTH = {"true": True, "false": False}
"""What an address, a variable or a flag writes for a switch."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def question_text(value: object, field: str = "question") -> str:
    """The text without white space around it.

    Raises InputError unless it is 1 to 2,000 characters, one of which can be seen.
    """
    if value is None:
        raise InputError(field, _("is missing; send 1 to 2,000 characters of text"))
    text = plain_text(value, field).strip()
    if text and not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise InputError(field, _("holds nothing that can be read; send a question in words"))
    if not 1 <= len(text) <= MAX_QUESTION_CHARACTERS:
        most = number_words(MAX_QUESTION_CHARACTERS)
        if not text:
            raise InputError(field, _("is blank; send 1 to %(most)s characters", most=most))
        found = _(
            "is %(number)s characters; send 1 to %(most)s characters",
            number=number_words(len(text)),
            most=most,
        )
        raise InputError(field, found)
    return text


def plain_text(value: object, field: str) -> str:
    """Text that can be stored and sent: half of a surrogate pair cannot."""
    if not isinstance(value, str):
        raise InputError(field, "must be text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(field, "holds half a character (a lone surrogate)") from error
    return value


def day_text(value: object, field: str) -> str:
    """A day that exists, written YYYY-MM-DD. Raises InputError for anything else."""
    text = plain_text(value, field)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(field, _("must be a real day, written YYYY-MM-DD")) from error
