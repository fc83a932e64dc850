"""What limits a search, as chips that can be taken away.

Limits have the shape of `scope` in an answer: date_from, date_to, collections, documents.
`asked` is how a question was put: its limits, and every switch that is not at its default.
The page asks again by a form with the fields of `asked_fields`.
"""

from __future__ import annotations

import calendar
import re
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from qa_service.contract.parts import JsonObject
from qa_service.nouns.dates import MONTHS
from qa_service.nouns.questions import MOST_TURNS
from qa_service.translation.catalogue import _
from qa_service.web.wording.display import counted
from qa_service.web.wording.places import human_date

Field = dict[str, str]
DATE_WORD = re.compile(rf"\d|\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
LIMIT_NAMES = ("date_from", "date_to", "collections", "documents")
SWITCHES = {"spelling": True, "follow_up": True, "scope": True, "compare": False}
"""The switches of a question and their defaults."""


def register(app: Flask) -> None:
    """Make chips, fields and bounds available to every template."""
    app.jinja_env.globals["most_messages"] = MOST_TURNS
    for words in (
        *(limit_chips, asked_fields, as_typed, other_ways, lifted_words, leading_on),
        *(answer_address, feed_address),
    ):
        app.jinja_env.filters[words.__name__] = words


def limit_chips(answer: JsonObject) -> list[JsonObject]:
    """A chip for each thing that limited the search, and the fields that ask without it."""
    asked = answer.get("asked") or {}
    own, scope = asked.get("limits") or {}, answer.get("scope") or {}
    chips = [
        _chip(label, names, _again(answer, limits=_without(own, names)))
        for label, names in _parts(own)
    ]
    return chips + [
        _chip(label, names, _again(answer, scope=False, limits=_joined(own, scope, names)))
        for label, names in _parts(scope)
    ]


def _chip(label: str, names: tuple[str, ...], fields: list[Field]) -> JsonObject:
    """`named` says whether the label is what documents or collections call themselves."""
    return {"label": label, "named": "date_from" not in names, "fields": fields}


def limit_labels(answer: JsonObject) -> list[str]:
    """Each thing that limited the search, in words: one's own limits, then the question's."""
    asked = answer.get("asked") or {}
    return [
        label
        for limits in (asked.get("limits"), answer.get("scope"))
        for label, _ in _parts(limits or {})
    ]


def lifted_words(answer: JsonObject) -> str:
    """That a limit was given up since nothing was found within it; empty where none was, where
    the hint says it, or where what is quoted is of it all the same."""
    lifted = (answer.get("scope") or {}).get("lifted", ()) if answer.get("answered") else ()
    names = [f"{it['title']} {it['date']}".casefold() for it in answer.get("citations", ())]
    beyond = [it for it in lifted if not (names and all(it.casefold() in name for name in names))]
    words = _(" and ").join(_("“%(word)s”", word=word) for word in beyond)
    if not words:
        return ""
    return _("Nothing found for %(words)s alone, so the search went beyond.", words=words)


def asked_fields(asked: JsonObject | None) -> list[Field]:
    """Everything about how a question was put, but its words, as fields of a form."""
    asked = asked or {}
    limits = asked.get("limits") or {}
    fields = [("date_from", limits.get("date_from")), ("date_to", limits.get("date_to"))]
    fields += [("collection", name) for name in limits.get("collections", ())]
    fields += [("earlier", text) for text in asked.get("earlier", ())]
    fields += [
        (name, str(asked[name]).lower())
        for name, default in SWITCHES.items()
        if asked.get(name, default) != default
    ]
    fields += [("document", entry["document_id"]) for entry in limits.get("documents", ())]
    return [{"name": name, "value": value} for name, value in fields if value]


def as_typed(answer: JsonObject) -> list[Field]:
    """Fields that ask exactly what was typed: every word as spelt, nothing carried over."""
    changed = {"follow_up": answer.get("understood"), "spelling": answer.get("corrections")}
    return _again(answer, **{name: False for name, taken in changed.items() if taken})


def other_ways(answer: JsonObject) -> list[JsonObject]:
    """What the collection holds in the place of what is missing, with the fields that ask for
    it; none where the question cannot be put so."""
    return [
        {"label": item["text"], "fields": _instead(answer, item)}
        for item in answer.get("nearest", ())
    ]


def leading_on(answer: JsonObject) -> list[Field]:
    """Fields for a question that leads on: the same limits, and this one as said before."""
    asked = answer.get("asked") or {}
    earlier = [*asked.get("earlier", ()), answer.get("question", "")]
    return asked_fields({"limits": asked.get("limits"), "earlier": earlier})


def range_words(date_from: str | None, date_to: str | None) -> str:
    """ "2023", "May 2023", "2016 to 2023", "from 3 May 2023", "until 2019"."""
    first, last = _shortened(date_from, date_to)
    if not last:
        return _("from %(day)s", day=human_date(first))
    if not first:
        return _("until %(day)s", day=human_date(last))
    if first == last:
        return human_date(first)
    return _("%(first)s to %(last)s", first=human_date(first), last=human_date(last))


def answer_address(answer: JsonObject) -> str:
    """The address that asks the same question in the same way; it names the build that answered,
    so that a later visitor is told where another one answers."""
    fields = [(field["name"], field["value"]) for field in _again(answer)]
    build = (answer.get("index") or {}).get("build")
    return f"/?{urlencode([*fields, ('build', build)] if build else fields)}"


def feed_address(answer: JsonObject) -> str:
    """The address of the feed that follows a question, as understood and within one's own
    limits; empty where there is nothing to follow."""
    if answer.get("kind") in ("documents", "small_talk") or answer.get("parts"):
        return ""
    limits = (answer.get("asked") or {}).get("limits")
    fields = [(field["name"], field["value"]) for field in asked_fields({"limits": limits})]
    question = answer.get("standalone_question") or answer.get("question") or ""
    return f"/feeds/answers.atom?{urlencode([('q', question), *fields])}"


def _again(answer: JsonObject, **changes: Any) -> list[Field]:
    asked = {**(answer.get("asked") or {}), **changes}
    return [{"name": "q", "value": answer.get("question") or ""}, *asked_fields(asked)]


def _instead(answer: JsonObject, item: JsonObject) -> list[Field]:
    """Fields that ask within the document of an alternative, or with its name in the place of
    what is missing."""
    if document := item.get("document"):
        own = (answer.get("asked") or {}).get("limits") or {}
        limits = {**_without(own, ()), "documents": [document]}
        return _again(answer, scope=False, limits=limits)
    for text in (answer["question"], answer.get("standalone_question") or ""):
        for missing in answer["missing"]:
            put, number = re.subn(
                re.escape(missing), lambda _: item["text"], text, count=1, flags=re.IGNORECASE
            )
            if number:
                return _again({**answer, "question": put})
    return []


def _parts(limits: JsonObject) -> list[tuple[str, tuple[str, ...]]]:
    """Each thing that limits, in words, with the names of the limits it stands for."""
    dates = limits.get("date_from"), limits.get("date_to")
    parts: list[tuple[str, tuple[str, ...]]] = []
    if any(dates):
        parts.append((range_words(*dates), ("date_from", "date_to")))
    if limits.get("collections"):
        parts.append((", ".join(limits["collections"]), ("collections",)))
    if limits.get("documents"):
        parts.append((_document_words(limits), ("documents",)))
    return parts


def _document_words(limits: JsonObject) -> str:
    """The question's own name for the documents, with their time where that is no limit of its
    own; else their title or number."""
    dated = limits.get("date_from") or limits.get("date_to")
    words = limits.get("words", ())
    named = [word for word in words if not (dated and DATE_WORD.search(word))]
    documents = limits["documents"]
    if named and not limits.get("collections"):
        return " · ".join(named)
    return documents[0]["title"] if len(documents) == 1 else counted(len(documents), "document")


def _without(limits: JsonObject, names: tuple[str, ...]) -> JsonObject:
    return {name: limits[name] for name in LIMIT_NAMES if limits.get(name) and name not in names}


def _joined(own: JsonObject, scope: JsonObject, names: tuple[str, ...]) -> JsonObject:
    """One's own limits, and what is left of those that the question named."""
    return {**_without(own, ()), **_without(scope, names)}


def _shortened(date_from: str | None, date_to: str | None) -> tuple[str, str]:
    """Both dates as years or months where they are the bounds of such."""
    first, last = date_from or "", date_to or ""
    if first[4:] in ("", "-01-01") and last[4:] in ("", "-12-31"):
        return first[:4], last[:4]
    if first[7:] in ("", "-01") and (not last or _ends_month(last)):
        return first[:7], last[:7]
    return first, last


def _ends_month(date: str) -> bool:
    if len(date) < len("2023-05-31"):
        return len(date) == len("2023-05")
    year, month, day = map(int, date.split("-"))
    return day == calendar.monthrange(year, month)[1]
