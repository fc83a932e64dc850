"""A question asked by the form of the chat page, with scripts and without.

Its fields hold what the endpoint's JSON does: q, earlier (questions of the conversation so
far), date_from, date_to, year, collection, document, and the switches.
"""

from __future__ import annotations

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from qa_service.contract.answers import answer_object
from qa_service.contract.parts import JsonObject
from qa_service.input_checks import TRUTH
from qa_service.nouns.documents import DocumentSummary
from qa_service.web.api.requests import question_from
from qa_service.web.operator.recording import recorded
from qa_service.web.serving.answer_service import admitted_service
from qa_service.web.wording.limits import SWITCHES

YEAR = re.compile(r"[0-9]{4}")
MOST_EARLIER_QUESTIONS = 8
LONGEST_EARLIER_QUESTIONS = 2_000
"""An address must stay short enough for every browser and proxy."""


def asked_by(fields: MultiDict[str, str], documents: tuple[DocumentSummary, ...]) -> JsonObject:
    """How the question of a form is put: its limits, what was asked earlier, its switches.

    A document's title is its id where the index has no such document.
    """
    titles = {document.id: document.title for document in documents}
    year = fields.get("year", "")
    first, last = (f"{year}-01-01", f"{year}-12-31") if YEAR.fullmatch(year) else (None, None)
    chosen = fields.getlist("document")
    return {
        "limits": {
            "date_from": fields.get("date_from") or first,
            "date_to": fields.get("date_to") or last,
            "collections": fields.getlist("collection"),
            "documents": [{"document_id": id_, "title": titles.get(id_, id_)} for id_ in chosen],
        },
        "earlier": fields.getlist("earlier")[-MOST_EARLIER_QUESTIONS:],
        **{name: TRUTH.get(fields[name], fields[name]) for name in SWITCHES if name in fields},
    }


def history_and_filters(asked: JsonObject) -> JsonObject:
    """What was said before a question and what it was limited to, as the endpoint takes them."""
    limits = asked["limits"]
    return {
        "history": [{"role": "user", "text": earlier} for earlier in asked["earlier"]],
        "filters": {
            "document_ids": [entry["document_id"] for entry in limits["documents"]],
            "collections": limits["collections"],
            "date_from": limits["date_from"],
            "date_to": limits["date_to"],
        },
    }


def earlier_questions(history: list[Any]) -> list[str]:
    """The last questions of a conversation, as many as an address has room for."""
    said = [turn for turn in history if isinstance(turn, dict) and turn.get("role") == "user"]
    kept: list[str] = []
    for turn in said[: -MOST_EARLIER_QUESTIONS - 1 : -1]:
        text = str(turn.get("text"))
        if sum(map(len, (*kept, text))) > LONGEST_EARLIER_QUESTIONS:
            break
        kept.insert(0, text)
    return kept


def answer_to(text: str | None, asked: JsonObject, history: list[Any] | None = None) -> JsonObject:
    """The answer as the endpoint gives it, with how it was asked.

    `history` is as the endpoint takes it; without, it is the earlier questions. Raises
    InputError for what the endpoint would refuse, ServiceUnavailable when it is full.
    """
    said = {} if history is None else {"history": history}
    question = question_from(
        {
            "question": text,
            **history_and_filters(asked),
            **said,
            **{name: asked[name] for name in SWITCHES if name in asked},
        }
    )
    with admitted_service() as service:
        answer = service.ask(question)
    return {**answer_object(recorded(question, answer)), "asked": asked}
