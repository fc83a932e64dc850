"""The names of months in the languages of messages, from Unicode's common locale data."""

from __future__ import annotations

from functools import cache

from babel.dates import get_month_names

LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "pl")
_WIDTHS = ("wide", "abbreviated")
_USES = ("format", "stand-alone")


@cache
def months_by_name() -> dict[str, int]:
    """The number of a month by its name or short form, in small letters and without a full stop."""
    return {
        name.lower().rstrip("."): number
        for language in LANGUAGES
        for width in _WIDTHS
        for use in _USES
        for number, name in get_month_names(width, use, language).items()  # type: ignore[arg-type]
    }
