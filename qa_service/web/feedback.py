"""Verdicts on answers: taken by JSON or by a form, kept apart from everything that ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Forbidden

from qa_service.config import Settings
from qa_service.contract.documents import StoredFeedback as StoredFeedbackShape
from qa_service.disk.kept_records import FEEDBACK_FILE
from qa_service.errors import DocumentNotFound, IndexingError, InputError
from qa_service.feedback.records import Feedback, StoredFeedback
from qa_service.feedback.store import FeedbackStore
from qa_service.indexing.builds.beside import records_beside
from qa_service.translation.catalogue import N_
from qa_service.web.api import requests
from qa_service.web.api.bodies import json_body, json_object
from qa_service.web.chat.question_form import history_and_filters
from qa_service.web.serving.answer_service import current_service
from qa_service.web.serving.operations import operation
from qa_service.web.serving.origins import require_own_page
from qa_service.web.serving.rate import Rate

api = Blueprint("feedback_api", __name__, url_prefix="/api/feedback")
pages = Blueprint("feedback_pages", __name__, url_prefix="/feedback")
SWITCHED_OFF = N_("This server stores no feedback; its setting feedback is false.")
MOST_VERDICTS, VERDICT_SECONDS = 60, 60.0
"""From one address; behind a proxy that is everyone's."""
CITED_MEMBERS = ("document_id", "document_version", "title", "quote", "start", "end")


def register(app: Flask, settings: Settings) -> None:
    """Add the endpoint and the form's pages; switched off, both refuse and no answer asks."""
    app.config["FEEDBACK"] = settings.feedback
    app.extensions["feedback"] = FeedbackStore(records_beside(settings, FEEDBACK_FILE))
    app.extensions["feedback_rate"] = Rate(MOST_VERDICTS, VERDICT_SECONDS)
    app.jinja_env.globals["asks_for_feedback"] = settings.feedback
    app.jinja_env.filters["feedback_members"] = feedback_members
    app.register_blueprint(api)
    app.register_blueprint(pages)


@api.before_request
@pages.before_request
def _require_feedback() -> None:
    if not current_app.config["FEEDBACK"]:
        raise Forbidden(SWITCHED_OFF)


@pages.before_request
def _require_own_page() -> None:
    if request.method == "POST":
        require_own_page()


@operation(
    api,
    "post",
    "",
    StoredFeedbackShape,
    (400, 403, 413, 415, 422, 503, 507),
    body=requests.Feedback,
    success="201",
)
def give_feedback() -> ResponseReturnValue:
    """Say that an answer is right or wrong; ranking does not change by it."""
    stored = _stored(*requests.feedback_from(json_body(request)))
    return {"id": stored.id, "stored": stored.stored}, 201


@operation(api, "delete", "/<feedback_id>", problems=(403, 404, 503), success="204")
def take_feedback_back(feedback_id: str) -> ResponseReturnValue:
    """Remove a verdict."""
    _store().remove(feedback_id)
    return "", 204


@pages.post("")
def give_by_form() -> ResponseReturnValue:
    """Store the verdict of a form, then show that it is."""
    form = request.form
    body = _members(form.get("answer", "")) | {
        "verdict": form.get("verdict"),
        "note": form.get("note"),
    }
    stored = _stored(*requests.feedback_from(body))
    back = _own_chat_address(form.get("back"))
    return redirect(url_for(".show", feedback_id=stored.id, back=back), code=303)


@pages.get("/<feedback_id>")
def show(feedback_id: str) -> str:
    """That a verdict is stored, with a way to take it back."""
    return _page(_store().get(feedback_id), _own_chat_address(request.args.get("back")))


@pages.post("/<feedback_id>/undo")
def take_back_by_form(feedback_id: str) -> str:
    """Remove the verdict of a form, and say so."""
    _store().remove(feedback_id)
    return _page(None, _own_chat_address(request.form.get("back")))


def _stored(given: Feedback, replaces: str | None = None) -> StoredFeedback:
    """The verdict, stored. Raises TooManyRequests for one of very many from an address."""
    rate: Rate = current_app.extensions["feedback_rate"]
    rate.count(request.remote_addr or "")
    return _store().add(_checked(given), replaces)


def _checked(given: Feedback) -> Feedback:
    """The verdict, whose quote is the document's text where the index still has that version.

    Raises InputError for another text, which no answer can have quoted.
    """
    cited = given.citation
    if cited is None:
        return given
    try:
        document = current_service().document(cited.document_id)[1]
    except (DocumentNotFound, IndexingError):
        return given
    same = document.version == cited.document_version
    if same and document.text[cited.start : cited.end] != cited.quote:
        raise InputError("citation.quote", "is not the document's text from start to end")
    return given


def feedback_members(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What a verdict on an answer says of it, as `POST /api/feedback` takes it."""
    if "question" not in answer:
        return {}
    first = next(iter(answer["citations"]), None)
    asked = answer.get("asked")
    return {
        **(history_and_filters(asked) if asked else {}),
        "question": answer["question"],
        "standalone_question": answer["standalone_question"],
        "answered": answer["answered"],
        "reason": answer["reason"],
        "citation": {name: first[name] for name in CITED_MEMBERS} if first else None,
    }


def _members(text: str) -> dict[str, Any]:
    """The members of an answer that its form carries."""
    try:
        return json_object(text)
    except (ValueError, RecursionError, BadRequest) as error:
        fix = "must be what the page of the answer holds; ask again there"
        raise InputError("answer", fix) from error


def _own_chat_address(address: str | None) -> str:
    """The address of an answer to go back to: the chat page with its question, nothing else."""
    return address if address and address.startswith("/?") else url_for("pages.chat")


def _page(stored: StoredFeedback | None, back: str) -> str:
    return render_template("feedback_page.html", stored=stored, back=back)


def _store() -> FeedbackStore:
    return cast(FeedbackStore, current_app.extensions["feedback"])
