"""Values in the words that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from flask import Flask

from qa_service.contract.cautions import CAUTIONS
from qa_service.contract.parts import HEADING_SEPARATOR
from qa_service.nouns.dates import date_in_words
from qa_service.reading.blocks.losses import LEFT_OUT

JsonObject = dict[str, Any]
REASONS: dict[str | None, str] = {
    "no_evidence": "No answer found in the documents.",
    "empty_index": "There are no documents to answer from.",
    "not_in_collection": "That is not in the documents.",
    "small_talk": "That is not something to look up in the documents.",
}
_STATED = re.compile(r'^says of itself: "([^:"]{3,40}):')
NEAR_WORDS = 2
LONGEST_HEADINGS = 80
"""The characters of one line that the headings above a place may take."""


def register(app: Flask) -> None:
    """Make the words available to every template."""
    for words in (
        human_date,
        place_words,
        spot_words,
        verdict_words,
        caution_words,
        doubt_words,
        turn_state,
        hint_words,
        understood_words,
        carried_words,
        related_words,
        related_passages,
        correction_words,
        shared_words,
        absent_words,
        citation_of,
        passage_of,
        twin_words,
        also_words,
        document_address,
        document_words,
        rest_words,
        counted,
        *(feedback_words, date_meaning, places_alone, doubts),
    ):
        app.jinja_env.filters[words.__name__] = words
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def human_date(date: str | None) -> str:
    """A date in words, or that there is none."""
    return date_in_words(date) if date else "date unknown"


def doubts(warnings: Sequence[str]) -> list[str]:
    """The warnings on how a document was read that somebody should look at: not those of page
    numbers and other lines that stand on every page."""
    return [warning for warning in warnings if not warning.startswith(LEFT_OUT)]


def date_meaning(metadata: Mapping[str, str]) -> str:
    """What a document calls its date ("Report published"); empty where that is not known."""
    found = _STATED.match(metadata.get("date_source", ""))
    return " ".join(found[1].split()) if found else ""


def place_words(source: JsonObject) -> str:
    """When and where a quote stands, in one line: date, page, headings."""
    page = f"page {source['page']}" if source.get("page") else None
    parts = (human_date(source.get("date")), page, heading_words(source.get("heading")))
    return " · ".join(part for part in parts if part)


def spot_words(source: JsonObject) -> str:
    """Where in its document a quote stands: page and headings, or that it is the text."""
    page = f"Page {source['page']}" if source.get("page") else None
    parts = (page, heading_words(source.get("heading")))
    return " · ".join(part for part in parts if part) or "In the text"


def heading_words(heading: str | None) -> str:
    """The innermost headings above a place, as many as fit a line; at least one."""
    kept: list[str] = []
    for part in reversed((heading or "").split(HEADING_SEPARATOR)):
        if kept and len(HEADING_SEPARATOR.join([part, *kept])) > LONGEST_HEADINGS:
            break
        kept.insert(0, part)
    return HEADING_SEPARATOR.join(kept)


def turn_state(answer: JsonObject) -> str:
    """How an answer stands: it quotes (""), "unanswered", or "reply" where it lists or talks."""
    if answer.get("catalogue") or answer.get("reason") == "small_talk":
        return "reply"
    return "" if answer.get("answered") else "unanswered"


def verdict_words(answer: JsonObject) -> str:
    """What came of a question, in one line; empty where that is still to come or the hint
    is the whole reply."""
    if answer.get("catalogue"):
        return str(answer["catalogue"]["text"])
    if answer.get("answered") and answer.get("facts"):
        return f"{counted(len(answer['facts']['rows']), 'document')} in a table."
    if answer.get("answered"):
        return f"{counted(len(answer['answer']), 'quote')} from the documents."
    if answer.get("reason") == "small_talk" and answer.get("hint"):
        return ""
    if answer.get("missing"):
        return f"Not in the documents: {in_quotation_marks(answer['missing'])}."
    if answer.get("reason") == "no_evidence" and _is_limited(answer):
        return "No answer found within these limits."
    return REASONS.get(answer.get("reason"), "")


def caution_words(answer: JsonObject) -> str:
    """What the confidence of an answer asks of its reader; empty where that is nothing."""
    return doubt_words(answer["confidence"]) if answer.get("answer") else ""


def doubt_words(confidence: float) -> str:
    """The same of a confidence alone."""
    return next((words for lowest, words in CAUTIONS if confidence >= lowest), "")


def _is_limited(answer: JsonObject) -> bool:
    """Whether filters, or the question's own words, left documents out."""
    names = ("date_from", "date_to", "collections", "documents")
    limits = ((answer.get("asked") or {}).get("limits") or {}, answer.get("scope") or {})
    return any(limit.get(name) for limit in limits for name in names)


def hint_words(answer: JsonObject) -> str:
    """A sentence for the person where nothing is quoted, or on a table; empty where the verdict
    says it, or the choices below it name the same places."""
    if answer.get("catalogue") or (answer.get("answered") and not answer.get("facts")):
        return ""
    if places_alone(answer):
        return ""
    return answer.get("hint") or ""


def places_alone(answer: JsonObject) -> bool:
    """Whether what there is instead of what is missing are places, and no documents."""
    nearest = answer.get("nearest") or ()
    return bool(nearest) and not any(item.get("document") for item in nearest)


def understood_words(answer: JsonObject) -> str:
    """How a follow-up was read; empty where it was read as typed."""
    understood = answer.get("understood")
    if not understood:
        return ""
    if understood["text"] == answer.get("question"):
        return "Understood as part of this conversation."
    return f"Understood as: {understood['text']}"


def carried_words(answer: JsonObject) -> str:
    """What a follow-up took from earlier turns; empty where nothing."""
    carried = (answer.get("understood") or {}).get("carried", ())
    words = in_quotation_marks(item["text"] for item in carried)
    return f"Carried over: {words}." if words else ""


def in_quotation_marks(words: Iterable[str]) -> str:
    """ "“foster”, “care”"."""
    return ", ".join(f"“{word}”" for word in words)


def correction_words(answer: JsonObject) -> str:
    """Which words were taken for mistyped ones; empty where none was."""
    taken = {item["typed"]: item["taken"] for item in answer.get("corrections", ())}
    pairs = [f"“{word}” in place of “{typed}”" for typed, word in taken.items()]
    return f"Searched for {', '.join(pairs)}." if pairs else ""


def feedback_words(answer: JsonObject) -> str:
    """What a person is asked about an answer."""
    if answer.get("answered") and not answer.get("catalogue"):
        return "Is this the right answer?"
    if answer.get("reason") in ("no_evidence", "not_in_collection"):
        return "Is it right that the documents do not say?"
    return "Is this the right reply?"


def related_words(answer: JsonObject) -> str:
    """The title over the passages below an answer."""
    title = "Related passages" if answer.get("answered") else "Nearest passages, not answers"
    return f"{title} ({len(related_passages(answer))})"


def related_passages(answer: JsonObject) -> list[JsonObject]:
    """The passages below an answer: those that it neither quotes nor nearly repeats. Below a
    refusal, only those that are near."""
    quoted = {citation["passage_id"] for citation in answer.get("citations", ())}
    passages = answer.get("passages", ())
    return [
        passage
        for passage in passages
        if passage["passage_id"] not in quoted and not passage.get("folded_into")
        if answer.get("answered") or _is_near(passage)
    ]


def _is_near(passage: JsonObject) -> bool:
    """Whether a passage holds enough words of the question to be worth a look: two, or all."""
    why = passage.get("why")
    return not why or len(why["shared_terms"]) >= NEAR_WORDS or not why["absent_terms"]


def shared_words(why: JsonObject | None) -> str:
    """Which words of the question a passage holds."""
    shared = ", ".join((why or {}).get("shared_terms", ()))
    return f"Words of the question here: {shared or 'none; it matched by meaning'}"


def absent_words(why: JsonObject | None) -> str:
    """Which words of the question a passage lacks; empty where it lacks none."""
    absent = ", ".join((why or {}).get("absent_terms", ()))
    return f"Not here: {absent}" if absent else ""


def citation_of(answer: JsonObject, number: int) -> JsonObject:
    """The citation of a number. Raises KeyError where the answer has none."""
    cited: dict[int, JsonObject] = {entry["number"]: entry for entry in answer["citations"]}
    return cited[number]


def passage_of(citation: JsonObject, answer: JsonObject) -> JsonObject | None:
    """The passage that a citation quotes, where the answer lists it."""
    passages = answer.get("passages", ())
    return next((p for p in passages if p["passage_id"] == citation.get("passage_id")), None)


def twin_words(passage: JsonObject) -> str:
    """Where else a passage stands; empty where nowhere."""
    titles = [twin["title"] for twin in passage.get("duplicates", ())]
    return f"Also in: {'; '.join(titles)}" if titles else ""


def also_words(citation: JsonObject) -> str:
    """How many other documents say the same; empty where none."""
    others = len(citation.get("also_in", ()))
    return f"Also in {counted(others, 'other document')}" if others else ""


def document_address(document_id: str) -> str:
    """The address of a document's page."""
    return f"/documents/{quote(document_id, safe='')}"


def document_words(document: JsonObject) -> str:
    """What helps to tell a listed document from others: its date and pages."""
    pages = counted(document["pages"], "page") if document.get("pages") else ""
    return " · ".join(part for part in (human_date(document.get("date")), pages) if part)


def rest_words(catalogue: JsonObject | None) -> str:
    """How many documents of a catalogue answer are not listed; empty where all are."""
    rest = catalogue["total"] - len(catalogue["documents"]) if catalogue else 0
    return f"and {counted(rest, 'more document')}" if rest > 0 else ""


def counted(number: int, noun: str) -> str:
    """ "1 document", "1,204 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
