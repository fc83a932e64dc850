"""Turns of a conversation as fragments, which the script of the chat page puts in.

The browser keeps answers as the endpoint gives them, never markup: what it shows of them is
written here, each time anew.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, get_template_attribute, render_template, request
from jinja2 import UndefinedError

from qa_service.contract import shapes
from qa_service.contract.checking import checked, json_value
from qa_service.deadline import in_time
from qa_service.errors import InputError
from qa_service.web.api.bodies import json_body
from qa_service.web.chat.question_form import answer_to, asked_by, earlier_questions
from qa_service.web.serving.answer_service import aside, current_service
from qa_service.web.serving.origins import require_own_page

MOST_KEPT = 100
"""The answers that one request may send to be shown."""
KEPT_SIZE_FACTOR = 4
"""How much longer than any other request the kept answers may be."""
DAMAGED = (IndexError, KeyError, ValueError, UndefinedError)
"""What showing an answer raises whose members are not of one answer: a quote without its
citation, an address that leads elsewhere."""

blueprint = Blueprint("turns", __name__)


@blueprint.before_request
def _require_own_page() -> None:
    require_own_page()


@blueprint.post("/turn")
def ask() -> str:
    """The turn of a question. It is asked by the fields of the page's form, and `history`,
    which is that of the endpoint as JSON; the turn holds its answer as JSON for the browser.
    """
    # The length of the whole body is limited anyway.
    request.max_form_memory_size = None
    form = request.form
    asked, history = asked_by(form, current_service().documents()), _history(form.get("history"))
    asked["earlier"] = earlier_questions(history)
    answer = answer_to(form.get("q"), asked, history)
    return _fragment(answer["question"], [_turn(answer, kept=True)])


@blueprint.post("/turns")
def show() -> str:
    """The turns of answers that the browser kept, each with its place in the list that was
    sent. What has not the shape of an answer of this version is left out."""
    request.max_content_length = (request.max_content_length or 0) * KEPT_SIZE_FACTOR
    answers = json_body(request).get("answers")
    if not isinstance(answers, list) or len(answers) > MOST_KEPT:
        raise InputError("answers", f"must be a list of {MOST_KEPT} at most")
    with aside("turns"):
        turns = [_turn_if_sound(answer, place) for place, answer in enumerate(in_time(answers))]
    sound = [answer for answer, turn in zip(answers, turns, strict=True) if turn]
    return _fragment(sound[-1]["question"] if sound else "", turns)


def _history(text: str | None) -> list[Any]:
    try:
        history = json_value(text or "[]", "history")
    except (ValueError, RecursionError) as error:
        raise InputError("history", "must be JSON") from error
    if not isinstance(history, list):
        raise InputError("history", "must be a list")
    return history


def _turn_if_sound(answer: object, place: int) -> str:
    try:
        checked(answer, shapes.Answer)
        return _turn(answer, place)
    except (InputError, *DAMAGED):
        return ""


def _turn(answer: object, place: int | None = None, *, kept: bool = False) -> str:
    return str(get_template_attribute("turn.html", "turn")(answer, place, kept))


def _fragment(question: str, turns: list[str]) -> str:
    return render_template("fragment.html", question=question, turns=turns)
