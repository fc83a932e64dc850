"""Values in the words that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from flask import Flask

from qa_service.answering.spelling import NOT_ENGLISH_HINT
from qa_service.contract.cautions import CAUTIONS
from qa_service.contract.related_passages import related_passages
from qa_service.reading.blocks.losses import LEFT_OUT, UNSEEN
from qa_service.translation.catalogue import N_, _, ngettext, plurals
from qa_service.translation.sentences import as_sentence, translated
from qa_service.web.wording.places import human_date

JsonObject = dict[str, Any]
REASONS: dict[str | None, str] = {
    "no_evidence": N_("No answer found in the documents."),
    "empty_index": N_("There are no documents to answer from."),
    "not_in_collection": N_("That is not in the documents."),
    "small_talk": N_("That is not something to look up in the documents."),
}
_COUNTED = {
    "document": plurals("%(number)s document", "%(number)s documents"),
    "file": plurals("%(number)s file", "%(number)s files"),
    "more item": plurals("%(number)s more item", "%(number)s more items"),
    "page": plurals("%(number)s page", "%(number)s pages"),
    "passage": plurals("%(number)s passage", "%(number)s passages"),
    "place": plurals("%(number)s place", "%(number)s places"),
    "table": plurals("%(number)s table", "%(number)s tables"),
    "token": plurals("%(number)s token", "%(number)s tokens"),
    "warning": plurals("%(number)s warning", "%(number)s warnings"),
    "word": plurals("%(number)s word", "%(number)s words"),
}
_STATED = re.compile(r'^says of itself: "([^:"]{3,40}):')


def register(app: Flask) -> None:
    """Make the words available to every template."""
    for words in (
        verdict_words,
        caution_words,
        doubt_words,
        turn_state,
        is_talk,
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
        *(feedback_words, date_meaning, places_alone, doubts, translated, as_sentence),
    ):
        app.jinja_env.filters[words.__name__] = words
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def doubts(warnings: Sequence[str]) -> list[str]:
    """The warnings on how a document was read that somebody should look at: not those of page
    numbers and other lines that stand on every page, nor of text that no reader of it sees."""
    usual = tuple(text.partition("%")[0] for text in (LEFT_OUT, UNSEEN))
    return [warning for warning in warnings if not warning.startswith(usual)]


def date_meaning(metadata: Mapping[str, str]) -> str:
    """What a document calls its date ("Report published"); empty where that is not known."""
    found = _STATED.match(metadata.get("date_source", ""))
    return " ".join(found[1].split()) if found else ""


def is_talk(answer: JsonObject) -> bool:
    """Whether the documents were not asked: of small talk, or in a language that is not read.
    There is nothing to judge, to link to or to follow."""
    return answer.get("reason") == "small_talk" or answer.get("hint") == _(NOT_ENGLISH_HINT)


def turn_state(answer: JsonObject) -> str:
    """How an answer stands: it quotes (""), "unanswered", or "reply" where it lists or talks."""
    if answer.get("catalogue") or is_talk(answer):
        return "reply"
    return "" if answer.get("answered") else "unanswered"


def verdict_words(answer: JsonObject) -> str:
    """What came of a question, in one line; empty where that is still to come or the hint
    is the whole reply."""
    if answer.get("catalogue"):
        return str(answer["catalogue"]["text"])
    if answer.get("answered") and answer.get("facts"):
        rows = len(answer["facts"]["rows"])
        return ngettext("%(number)s document in a table.", "%(number)s documents in a table.", rows)
    if answer.get("answered"):
        return ngettext(
            "%(number)s quote from the documents.",
            "%(number)s quotes from the documents.",
            len(answer["answer"]),
        )
    if is_talk(answer) and answer.get("hint"):
        return ""
    if answer.get("missing"):
        return _("Not in the documents: %(names)s.", names=in_quotation_marks(answer["missing"]))
    if answer.get("reason") == "no_evidence" and _is_limited(answer):
        return _("No answer found within these limits.")
    words = REASONS.get(answer.get("reason"))
    return _(words) if words else ""


def caution_words(answer: JsonObject) -> str:
    """What the confidence of an answer asks of its reader; empty where that is nothing."""
    return doubt_words(answer["confidence"]) if answer.get("answer") else ""


def doubt_words(confidence: float) -> str:
    """The same of a confidence alone."""
    words = next((words for lowest, words in CAUTIONS if confidence >= lowest), "")
    return _(words) if words else ""


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
        return _("Understood as part of this conversation.")
    return _("Understood as: %(question)s", question=understood["text"])


def carried_words(answer: JsonObject) -> str:
    """What a follow-up took from earlier turns; empty where nothing."""
    carried = (answer.get("understood") or {}).get("carried", ())
    words = in_quotation_marks(item["text"] for item in carried)
    return _("Carried over: %(words)s.", words=words) if words else ""


def in_quotation_marks(words: Iterable[str]) -> str:
    """ "“foster”, “care”"."""
    return ", ".join(_("“%(word)s”", word=word) for word in words)


def correction_words(answer: JsonObject) -> str:
    """Which words were taken for mistyped ones; empty where none was."""
    taken = {item["typed"]: item["taken"] for item in answer.get("corrections", ())}
    pairs = [
        _("“%(word)s” in place of “%(typed)s”", word=word, typed=typed)
        for typed, word in taken.items()
    ]
    return _("Searched for %(words)s.", words=", ".join(pairs)) if pairs else ""


def feedback_words(answer: JsonObject) -> str:
    """What a person is asked about an answer."""
    if answer.get("answered") and not answer.get("catalogue"):
        return _("Is this the right answer?")
    if answer.get("reason") in ("no_evidence", "not_in_collection"):
        return _("Is it right that the documents do not say?")
    return _("Is this the right reply?")


def related_words(answer: JsonObject) -> str:
    """The title over the passages below an answer."""
    number = len(related_passages(answer))
    if answer.get("answered"):
        return _("Related passages (%(number)s)", number=number)
    return _("Nearest passages, not answers (%(number)s)", number=number)


def shared_words(why: JsonObject | None) -> str:
    """Which words of the question a passage holds."""
    shared = ", ".join((why or {}).get("shared_terms", ()))
    if not shared:
        return _("Words of the question here: none; it matched by meaning")
    return _("Words of the question here: %(words)s", words=shared)


def absent_words(why: JsonObject | None) -> str:
    """Which words of the question a passage lacks; empty where it lacks none."""
    absent = ", ".join((why or {}).get("absent_terms", ()))
    return _("Not here: %(words)s", words=absent) if absent else ""


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
    return _("Also in: %(titles)s", titles="; ".join(titles)) if titles else ""


def also_words(citation: JsonObject) -> str:
    """How many other documents say the same; empty where none."""
    others = len(citation.get("also_in", ()))
    if not others:
        return ""
    return ngettext(
        "Also in %(number)s other document", "Also in %(number)s other documents", others
    )


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
    if rest <= 0:
        return ""
    return ngettext("and %(number)s more document", "and %(number)s more documents", rest)


def counted(number: int, noun: str) -> str:
    """ "1 document", "1,204 documents": of the nouns of `_COUNTED`."""
    return ngettext(*_COUNTED[noun], number)
