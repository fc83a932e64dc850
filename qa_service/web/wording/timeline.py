"""A comparison over time, as it is shown."""

from __future__ import annotations

from flask import Flask

from qa_service.contract.parts import JsonObject
from qa_service.translation.catalogue import _
from qa_service.web.wording.places import human_date

MOST_GAPS_SHOWN = 2
"""More documents without a passage in a row are folded into one line."""


def register(app: Flask) -> None:
    """Make moments and their words available to every template."""
    for words in (timeline_moments, gap_words, other_quotes):
        app.jinja_env.filters[words.__name__] = words


def timeline_moments(answer: JsonObject) -> list[JsonObject]:
    """A comparison over time, oldest first: `part` and `citation` of a quote, or the `gaps`
    between two quotes, which are documents without a passage; `dates` is when, in words,
    `open` whether the gaps are few enough to be shown at once."""
    parts = {part["citation"]: part for part in answer.get("answer", ())}
    citations = {citation["number"]: citation for citation in answer.get("citations", ())}
    moments: list[JsonObject] = []
    for entry in answer.get("timeline") or ():
        number = entry["citation"]
        if number is not None:
            place = entry.get("place")
            said = {"part": parts[number], "citation": citations[number], "place": place}
            moments.append({**said, "gaps": []})
        elif moments and moments[-1]["gaps"]:
            moments[-1]["gaps"].append(entry)
        else:
            moments.append({"part": None, "citation": None, "place": None, "gaps": [entry]})
    return [
        {
            **moment,
            "dates": _moment_dates(moment),
            "open": len(moment["gaps"]) <= MOST_GAPS_SHOWN,
        }
        for moment in moments
    ]


def _moment_dates(moment: JsonObject) -> str:
    entries = moment["gaps"] or [moment["citation"]]
    first, last = human_date(entries[0].get("date")), human_date(entries[-1].get("date"))
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)


def gap_words(gaps: list[JsonObject]) -> str:
    """That documents hold no passage on the question, and how many do not."""
    if len(gaps) == 1:
        return _("Nothing close enough in “%(title)s”", title=gaps[0]["title"])
    return _("Nothing close enough in %(number)s documents", number=len(gaps))


def other_quotes(answer: JsonObject) -> list[JsonObject]:
    """The quotes that no timeline shows."""
    shown = {entry["citation"] for entry in answer.get("timeline") or ()}
    return [part for part in answer.get("answer", ()) if part["citation"] not in shown]
