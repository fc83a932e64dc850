"""The web face: a chat page, document pages and the JSON endpoint, as one Flask app."""

from __future__ import annotations

from flask import Flask

from qa_service.config import Settings, load_settings
from qa_service.web import (
    api,
    citations,
    citing,
    display,
    embed,
    feedback,
    headers,
    hosts,
    limits,
    operator,
    originals,
    pages,
    problems,
    recording,
)
from qa_service.web.answer_service import AnswerService, install, open_answer_service


def create_app(settings: Settings | None = None, service: AnswerService | None = None) -> Flask:
    """The app. Settings default to those of the environment, the service to the real one.

    Raises SettingsError for wrong settings and what opening the service raises.
    """
    settings = settings or load_settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    install(app, service or open_answer_service(settings), settings)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(citations.blueprint)
    problems.register(app)
    headers.register(app)
    hosts.register(app, settings.host)
    display.register(app)
    feedback.register(app, settings)
    limits.register(app)
    citing.register(app)
    originals.register(app, settings)
    recording.register(app, settings)
    operator.register(app, settings)
    embed.register(app, settings)
    return app
