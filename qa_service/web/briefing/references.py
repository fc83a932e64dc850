"""References in the words of a citation style (CSL), by citeproc-py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from qa_service.contract.parts import JsonObject

STYLES = Path(__file__).with_name("styles")
"""Of https://github.com/citation-style-language/styles, CC BY-SA 3.0."""
LANGUAGE = "en-GB"
_SAID_TWICE = re.compile(r"^(?P<title>.{3,}?)(?:, | (?P<date>\([^()]*\)) )(?P=title)", re.DOTALL)


class References:
    """References to items, which are those of CSL-JSON, in one style: "harvard" or "oscola"."""

    def __init__(self, items: Sequence[JsonObject], style: str) -> None:
        read = CitationStylesStyle(str(STYLES / f"{style}.csl"), locale=LANGUAGE, validate=False)
        source = CiteProcJSON([dict(item) for item in items])
        self._written = CitationStylesBibliography(read, source, formatter.plain)
        self._ids = [item["id"] for item in items]
        self._written.register(Citation([CitationItem(name) for name in self._ids]))

    def note(self, item_id: str, page: int | None) -> str:
        """The words of a footnote that cites a page of an item. Each stands alone, as quotes may
        be moved about: none is shortened because one before it cites the same."""
        locator = {"locator": Locator("page", str(page))} if page else {}
        cited = Citation([CitationItem(item_id, **locator)])
        self._written.register(cited)
        return _once(str(self._written.style.render_citation(cited, [], _nothing)))

    def entries(self) -> list[str]:
        """The list of references, each item once, in the style's order."""
        self._written.sort()
        return [f"{_once(str(entry)).removesuffix('.')}." for entry in self._written.bibliography()]


def _once(text: str) -> str:
    """The library says a title twice where it stands in an author's place."""
    return _SAID_TWICE.sub(
        lambda found: " ".join(filter(None, (found["title"], found["date"]))), text.strip()
    )


def _nothing(_: object) -> None:
    """Every item that is cited is known."""
