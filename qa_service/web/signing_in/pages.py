"""The way to the provider, back from it, and out."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
)
from flask import session as begun
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue

from qa_service.config import Settings
from qa_service.disk.kept_file import KeptFile
from qa_service.disk.whole_files import OWNER_ONLY
from qa_service.indexing.builds.beside import file_beside
from qa_service.nouns.access import EVERYBODY
from qa_service.web.access.groups import current_person, current_sessions, needing_oidc
from qa_service.web.access.sessions import SESSION_COOKIE
from qa_service.web.auditing import name_sender
from qa_service.web.serving.answer_service import aside, current_settings, site_address
from qa_service.web.serving.origins import own_address, require_own_page

if TYPE_CHECKING:
    from qa_service.web.signing_in.provider import Provider

BEGUN_COOKIE = "qa_sign_in"
"""Of a browser on its way to the provider."""
SIGN_IN = "/sign-in"
WHAT_A_BROWSER_KEPT = '"cache", "storage"'
"""Pages, conversations, pins and tables (Clear-Site-Data, a draft of the W3C)."""
KEY_FILE = "sign-in.key"
"""With which the cookies of such browsers are signed, where several machines must know it."""

blueprint = Blueprint("signing_in", __name__)


def register(app: Flask, settings: Settings) -> None:
    """Add the routes, where the service signs people in by itself. Raises MissingPackage."""
    app.jinja_env.globals.update(signs_in=bool(settings.oidc_issuer), person=current_person)
    if not settings.oidc_issuer:
        return
    with needing_oidc():
        from qa_service.web.signing_in.provider import Provider
    if settings.engine == "embedded":
        app.secret_key = secrets.token_bytes(32)
    else:
        app.session_interface = BegunAnywhere(file_beside(settings, KEY_FILE, OWNER_ONLY))
    app.config.update(
        SESSION_COOKIE_NAME=BEGUN_COOKIE,
        SESSION_COOKIE_PATH=SIGN_IN,
        SESSION_COOKIE_SAMESITE="Lax",  # else it would not come back from the provider
        SESSION_COOKIE_SECURE=settings.site.startswith("https:"),
    )
    app.extensions["provider"] = Provider(app, settings)
    app.register_blueprint(blueprint)


class BegunAnywhere(SecureCookieSessionInterface):
    """Signs the cookies with a key that all machines have; it is read when first needed."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What a browser that signs in has begun; nothing for any other page."""
        if app.secret_key is None and request.path.startswith(SIGN_IN):
            self._file.change(lambda before: before or secrets.token_bytes(32))
            app.secret_key = self._file.read()
        return super().open_session(app, request)


@blueprint.get(SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """To the provider, and in the end back to the page at hand."""
    with aside("sign-ins"):
        departure = _provider().departure(f"{site_address()}sign-in/callback")
    begun["back"] = own_address(request.args.get("back"))
    return departure


@blueprint.get("/sign-in/callback")
def callback() -> ResponseReturnValue:
    """Back from there: begins a session in which the person's groups are known, and ends the one
    that the browser had."""
    with aside("sign-ins"):
        person = _provider().arrival()
    name_sender(person)
    current_sessions().end(request.cookies.get(SESSION_COOKIE, ""))
    response = redirect(own_address(begun.pop("back", None)), code=303)
    response.set_cookie(
        SESSION_COOKIE,
        current_sessions().begin(person),
        max_age=3600 * current_settings().session_hours,
        httponly=True,
        samesite="Lax",  # a link in a mail opens as whom one is signed in as
        secure=site_address().startswith("https:"),
    )
    return response


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Ends the session, has the browser forget what it showed, and says where the session at the
    provider is ended."""
    require_own_page()
    person = current_sessions().end(request.cookies.get(SESSION_COOKIE, ""))
    g.groups = EVERYBODY
    there = None
    if person:
        with aside("sign-ins"):
            there = _provider().farewell(person, site_address())
    response = Response(render_template("signed_out.html", there=there))
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = WHAT_A_BROWSER_KEPT
    return response


def _provider() -> Provider:
    return cast("Provider", current_app.extensions["provider"])
