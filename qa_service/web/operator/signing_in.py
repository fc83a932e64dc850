"""The way in to the operator's page, and out of it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests, Unauthorized

from qa_service.translation.catalogue import _
from qa_service.web.operator.operator_token import (
    COOKIE,
    SESSION_SECONDS,
    current_token,
    keep_private,
    require_page,
)
from qa_service.web.serving.answer_service import site_address

blueprint = Blueprint("operator_access", __name__, url_prefix="/operator")
blueprint.before_request(require_page)
blueprint.after_request(keep_private)


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Take the token, and remember that this browser knows it."""
    token, address = request.form.get("token", "").strip(), request.remote_addr or ""
    try:
        session = current_token().sign_in(token, address)
    except (Unauthorized, TooManyRequests) as error:
        return _refused(error)
    response = redirect(url_for("operator.index"), code=303)
    response.set_cookie(
        COOKIE,
        session,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=site_address().startswith("https:"),
    )
    return response


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Forget this browser."""
    current_token().sign_out(request.cookies.get(COOKIE, ""))
    response = redirect(url_for("operator.index"), code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="Strict")
    return response


def _refused(error: Unauthorized | TooManyRequests) -> Response:
    page = render_template("operator/sign_in.html", refusal=_(str(error.description)))
    refused = make_response(page, error.code)
    if isinstance(error, TooManyRequests):
        refused.headers["Retry-After"] = str(error.retry_after)
    return refused
