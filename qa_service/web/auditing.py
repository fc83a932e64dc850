"""Acts of the operator and of those who sign in, and whatever was refused, go to the audit log."""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, current_app, g, request

from qa_service.config import Settings
from qa_service.disk.audit_log import Act, AuditLog, Outcome
from qa_service.tokens.api_tokens import ApiTokens
from qa_service.web.access.groups import current_person
from qa_service.web.access.sessions import Person
from qa_service.web.access.tokens import token_in
from qa_service.web.operator.operator_token import SAFE_METHODS, is_operator
from qa_service.web.serving.own_processes import request_id

UNKNOWN = "nobody known"
MOST_OF_A_NAME = 200
REFUSALS = (401, 403, 429)
OPERATORS = ("operator", "operator_api", "operator_access")
"""The blueprints of the operator's routes."""
ALWAYS = ("operator.questions", "operator.questions_file", "operator_api.list_questions")
"""Routes that change nothing, and tell what people asked."""
SIGNING_IN = ("signing_in.callback", "signing_in.sign_out")


def register(app: Flask, settings: Settings) -> None:
    """Note what is to be noted of every response."""
    log = AuditLog(settings)
    app.extensions["audit_log"] = log
    if log.is_on:
        app.before_request(_note_sender)
        app.after_request(_note)


def _note_sender() -> None:
    """Who sent the request, before it signs anybody out."""
    g.sender = _sender()


def name_sender(person: Person) -> None:
    """Who the sender of the request at hand has turned out to be."""
    g.sender = _words_of(person)


def _note(response: Response) -> Response:
    if is_noted(request.endpoint or "", request.method, response.status_code):
        act = Act(
            who=g.get("sender") or _sender(),
            what=f"{request.method} {request.endpoint or 'unknown'}",
            outcome=outcome_of(response.status_code),
            which=_object(),
            sent_from=request.remote_addr or "",
            request_id=request_id.get(),
        )
        cast(AuditLog, current_app.extensions["audit_log"]).note(act)
    return response


def is_noted(endpoint: str, method: str, status: int) -> bool:
    """Whether a response to a route is written down: what was refused, on whichever; what changes
    something or tells questions, of the operator's; who came and left."""
    if status in REFUSALS or endpoint in (*ALWAYS, *SIGNING_IN):
        return True
    return endpoint.split(".")[0] in OPERATORS and method not in SAFE_METHODS


def outcome_of(status: int) -> Outcome:
    """That of a response."""
    if status in REFUSALS:
        return "refused"
    return "done" if status < 400 else "failed"


def _sender() -> str:
    if is_operator():
        return "operator"
    authorization = request.headers.get("Authorization", "")
    if secret := token_in(authorization):
        known = cast(ApiTokens, current_app.extensions["tokens"]).known(secret)
        return f"program {known.name}" if known else "program unknown"
    if authorization:
        return "program with a token of the operator"
    person = current_person()
    return _words_of(person) if person else UNKNOWN


def _words_of(person: Person) -> str:
    return f"person {person.name}"


def _object() -> str:
    """The name of what an act is about: of an upload, a build, a token."""
    named = list((request.view_args or {}).values())
    if request.endpoint == "operator.make_token":
        named.append(request.form.get("name"))
    if request.endpoint == "operator.withdraw_token":
        named.append(request.args.get("name"))
    return ", ".join(str(name) for name in named if name)[:MOST_OF_A_NAME]
