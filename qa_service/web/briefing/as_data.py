"""The references of a briefing for programs that manage them: BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from pybtex.database import BibliographyData, Entry, Person

from qa_service.contract.parts import JsonObject
from qa_service.nouns.dates import MONTHS
from qa_service.plain_names import plain_name
from qa_service.web.briefing.written import WrittenBriefing, quotes_of

_LEAST_LETTERS = 4
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\textdollar{}",
        "^": r"\textasciicircum{}",
    }
)
"""What TeX would obey, as signs; the library sees to the others. BibTeX counts braces."""


def csl_json_file(briefing: WrittenBriefing) -> bytes:
    """The documents; `note` holds what is quoted of each."""
    items = [{**item, "note": quotes_of(briefing, item["id"])} for item in briefing.items]
    return json.dumps(items, ensure_ascii=False, indent=2).encode()


def bibtex_file(briefing: WrittenBriefing) -> bytes:
    """The documents; `annote` holds what is quoted of each."""
    entries = BibliographyData(
        entries={_key(item): _entry(item, briefing) for item in briefing.items}
    )
    return str(entries.to_string("bibtex")).encode()


def _entry(item: JsonObject, briefing: WrittenBriefing) -> Any:
    issued: list[int] = item["issued"]["date-parts"][0] if "issued" in item else []
    year, month = ([*issued, 0, 0])[:2]
    fields = {
        "title": f"{{{tex_text(item['title'])}}}",
        "year": str(year) if year else "",
        "month": MONTHS[month - 1] if month else "",
        "publisher": tex_text(item.get("publisher", "")),
        "url": item.get("URL", ""),
        "urldate": briefing.day.isoformat() if "URL" in item else "",
        "annote": tex_text(quotes_of(briefing, item["id"])),
    }
    authors = [tex_text(author["literal"]) for author in item.get("author", ())]
    persons = {"author": [Person(last=f"{{{author}}}") for author in authors]}
    kept = [(name, value) for name, value in fields.items() if value]
    return Entry("misc", fields=kept, persons={name: who for name, who in persons.items() if who})


def tex_text(text: str) -> str:
    """Text in one line that TeX sets as it stands."""
    return plain_name(text).translate(_TEX)


def _key(item: JsonObject) -> str:
    """ "inspection2022-a1b2c3": the first long word, the year, and what tells versions apart."""
    plain = unicodedata.normalize("NFKD", item["title"]).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall("[a-z]+", plain) if len(word) >= _LEAST_LETTERS]
    year = item["issued"]["date-parts"][0][0] if "issued" in item else ""
    return f"{(words or ['document'])[0]}{year}-{item['id'][:6]}"
