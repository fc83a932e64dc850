"""In which language a page speaks: that of the switch, else of the setting, else of the browser.

The endpoint speaks English, unless an address says `language`.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, redirect, request
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound

from qa_service.config import Settings
from qa_service.translation import catalogue
from qa_service.translation.languages import DEFAULT, LANGUAGES, LOCALES
from qa_service.web.serving.origins import own_address

COOKIE = "qa_language"
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("languages", __name__)


def register(app: Flask, settings: Settings) -> None:
    """Choose the language of every request, and give templates their words."""
    app.config["LANGUAGE"] = settings.language
    app.before_request(lambda: catalogue.use(_chosen(settings.language)))
    app.teardown_request(lambda _error: catalogue.use(DEFAULT))
    app.after_request(_say_language)
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        _=_text,
        ngettext=_counted_text,
        code=lambda text: Markup("<code>{}</code>").format(text),
        number_words=catalogue.number_words,
        script_words=catalogue.script_words,
        page_language=catalogue.language,
        page_locale=lambda: LOCALES[catalogue.language()],
        languages=LANGUAGES,
    )


@blueprint.post("/language")
def choose() -> Response:
    """Remember in this browser which language was chosen, and go back to the page."""
    wanted = request.form.get("language", "")
    if wanted not in LANGUAGES:
        raise NotFound
    response = redirect(own_address(request.form.get("back")), code=303)
    response.set_cookie(
        COOKIE, wanted, A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response  # type: ignore[return-value]


def _chosen(setting: str) -> str:
    if request.path.startswith("/api/"):
        return _known(request.args.get("language")) or DEFAULT
    own = _known(request.cookies.get(COOKIE)) or _known(setting)
    return own or request.accept_languages.best_match(LANGUAGES) or DEFAULT


def _known(code: str | None) -> str | None:
    return code if code in LANGUAGES else None


def _say_language(response: Response) -> Response:
    """What keeps pages must know by what they differ."""
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = LOCALES[catalogue.language()]
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _text(text: str, **values: Any) -> Markup:
    """A text of the catalogue within markup; what fills its places is escaped."""
    return Markup(catalogue._(text, **{name: escape(it) for name, it in values.items()}))


def _counted_text(one: str, many: str, number: int, **values: Any) -> Markup:
    escaped = {name: escape(it) for name, it in values.items()}
    return Markup(catalogue.ngettext(one, many, number, **escaped))
