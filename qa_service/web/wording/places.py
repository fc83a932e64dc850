"""When and where something stands, in one line: date, page, headings."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from qa_service.contract.parts import HEADING_SEPARATOR, JsonObject
from qa_service.translation.catalogue import _, date_words

LONGEST_HEADINGS = 80
"""The characters of one line that the headings above a place may take."""


def register(app: Flask) -> None:
    """Make places available to every template."""
    for words in (human_date, place_words, place_markup, spot_words, spot_markup):
        app.jinja_env.filters[words.__name__] = words


def human_date(date: str | None) -> str:
    """A date in words, or that there is none."""
    return date_words(date) if date else _("date unknown")


def place_words(source: JsonObject) -> str:
    """When and where a quote stands, in one line: date, page, headings."""
    page = _("page %(number)s", number=source["page"]) if source.get("page") else None
    parts = (human_date(source.get("date")), page, heading_words(source.get("heading")))
    return " · ".join(part for part in parts if part)


def spot_words(source: JsonObject) -> str:
    """Where in its document a quote stands: page and headings, or that it is the text."""
    page = _("Page %(number)s", number=source["page"]) if source.get("page") else None
    parts = (page, heading_words(source.get("heading")))
    return " · ".join(part for part in parts if part) or _("In the text")


def place_markup(source: JsonObject) -> Markup:
    """`place_words` with the headings marked as of the document's language."""
    return _with_headings(place_words({**source, "heading": None}), source)


def spot_markup(source: JsonObject) -> Markup:
    """The same of `spot_words`."""
    bare = source.get("heading") and not source.get("page")
    return _with_headings("" if bare else spot_words({**source, "heading": None}), source)


def _with_headings(words: str, source: JsonObject) -> Markup:
    headings = heading_words(source.get("heading"))
    marked = Markup('<span lang="{}">{}</span>').format(source.get("language") or "", headings)
    return Markup(" · ").join(filter(None, [words, marked if headings else ""]))


def heading_words(heading: str | None) -> str:
    """The innermost headings above a place, as many as fit a line; at least one."""
    kept: list[str] = []
    for part in reversed((heading or "").split(HEADING_SEPARATOR)):
        if kept and len(HEADING_SEPARATOR.join([part, *kept])) > LONGEST_HEADINGS:
            break
        kept.insert(0, part)
    return HEADING_SEPARATOR.join(kept)
