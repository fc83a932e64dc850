"""The words of the page in the language of whoever reads it, as gettext has it.

The catalogue of a language is a file beside this one, kept up to date by `scripts/translate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from qa_service.nouns.dates import as_day
from qa_service.translation.languages import DEFAULT, LOCALES

KEYWORDS = {
    **dict.fromkeys(("_", "N_", "said")),
    **dict.fromkeys(("ngettext", "plurals", "said_of"), (1, 2)),
}
"""The functions whose texts are in the catalogue, and which of their arguments are."""

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The code of the language in use."""
    return _language.get()


def use(code: str) -> None:
    """Puts a language to use from now on, for this thread."""
    _language.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Puts a language to use for a while."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def _(text: str, **values: object) -> str:
    """A text in the language in use, its places %(name)s filled."""
    return _filled(translations(language()).gettext(text), values) if text else ""


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The text for a number of things, which fills %(number)s as it is written there."""
    text = translations(language()).ngettext(one, many, number)
    return _filled(text, {"number": number_words(number), **values})


def N_(text: str) -> str:  # noqa: N802 - its name among those who use gettext
    """Marks a text for the catalogue that is translated where it is shown."""
    return text


def plurals(one: str, many: str) -> tuple[str, str]:
    """The same of a text for a number of things."""
    return one, many


def number_words(number: int) -> str:
    """ "1,204" in English, "1.204" in German."""
    return str(format_decimal(number, locale=_locale(language())))


def date_words(date: str) -> str:
    """A date, which may be as short as a year: "24 May 2023", "February 2016", "2016"."""
    day, locale = as_day(date), _locale(language())
    if date.count("-") == 1:
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "long", locale)) if "-" in date else date


def script_words() -> dict[str, str | list[str]]:
    """What scripts need of the language in use: by its English text a translation, or one for
    each number of things; nothing for English."""
    if language() == DEFAULT:
        return {}
    return {
        text if isinstance(text := message.id, str) else text[0]: message.string
        if isinstance(message.string, str)
        else list(message.string or ())
        for message in catalogue_of(language())
        if message.id and any(file.endswith(".js") for file, _line in message.locations)
    }


def texts_outside(room: str, code: str) -> Iterator[tuple[str, ...]]:
    """The texts of a catalogue that stand in other rooms of the code too, each alone or with its
    plural."""
    for message in catalogue_of(code):
        if message.id and not all(file.startswith(f"{room}/") for file, _ in message.locations):
            yield (message.id,) if isinstance(message.id, str) else tuple(message.id)


@cache
def catalogue_of(code: str) -> Catalog:
    """The catalogue of a language other than English."""
    with Path(__file__).with_name(f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


@cache
def translations(code: str) -> NullTranslations:
    """What translates into a language."""
    if code == DEFAULT:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue_of(code))
    compiled.seek(0)
    return Translations(compiled)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(LOCALES[code], sep="-")


def _filled(text: str, values: dict[str, object]) -> str:
    return text % values if values else text
