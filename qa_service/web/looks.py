"""The operator's own looks: title, line of introduction, logo, colours, questions to begin with."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, Response, send_file
from werkzeug.exceptions import NotFound

from qa_service.colours import DARK, LIGHT, accents
from qa_service.config import DEFAULT_TITLE, Settings
from qa_service.config_checks import LOGO_TYPES
from qa_service.translation.catalogue import _
from qa_service.web.serving.answer_service import current_service, current_settings
from qa_service.web.serving.headers import SANDBOX

blueprint = Blueprint("looks", __name__)
_STYLE = """\
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
"""


def register(app: Flask, settings: Settings) -> None:
    """Make the looks known to every template."""
    app.context_processor(lambda: {"site_title": site_title()})
    app.jinja_env.globals["site_introduction"] = settings.introduction
    app.jinja_env.globals["has_logo"] = bool(settings.logo)
    app.jinja_env.globals["has_colours"] = bool(settings.accent)
    app.register_blueprint(blueprint)


def site_title() -> str:
    """What the pages are called: by the operator, else in the language in use."""
    title = current_settings().title
    return _("Ask the documents") if title == DEFAULT_TITLE else title


@blueprint.get("/looks.css")
def colours() -> Response:
    """The colours of controls and links, in the light and in the dark."""
    accent, dark = current_settings().accent, current_settings().accent_dark
    if not accent:
        raise NotFound
    light_style, dark_style = (
        _declared(accents(*pair)) for pair in ((accent, LIGHT), (dark or accent, DARK))
    )
    return Response(_STYLE.format(light=light_style, dark=dark_style), mimetype="text/css")


@blueprint.get("/logo")
def logo() -> Response:
    """The logo; whatever it is, nothing in it loads or runs."""
    path = Path(current_settings().logo).expanduser()
    if not current_settings().logo or not path.is_file():
        raise NotFound
    response = send_file(path.resolve(), LOGO_TYPES[path.suffix.lower()], max_age=3600)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def example_questions() -> tuple[str, ...]:
    """The operator's questions to begin with, else those that the documents answer."""
    settings = current_settings()
    own = tuple(line.strip() for line in settings.examples.split("|") if line.strip())
    return own or current_service().suggestions()


def _declared(values: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())
