"""Putting the Flask app together."""

from __future__ import annotations

from flask import Flask

from qa_service.config import Settings
from qa_service.settings_sources import load_settings
from qa_service.web.access.groups import register as register_access
from qa_service.web.access.kept_for import register as register_kept_for
from qa_service.web.api.answers import blueprint as api
from qa_service.web.auditing import register as register_auditing
from qa_service.web.chat.citing import register as register_citing
from qa_service.web.chat.embed import register as register_embed
from qa_service.web.chat.pages import blueprint as pages
from qa_service.web.chat.turns import blueprint as turns
from qa_service.web.documents.citations import blueprint as citations
from qa_service.web.documents.originals import register as register_originals
from qa_service.web.export.facts_file import register as register_facts
from qa_service.web.feedback import register as register_feedback
from qa_service.web.feeds.answers import register as register_feeds
from qa_service.web.installable import register as register_installable
from qa_service.web.looks import register as register_looks
from qa_service.web.matrix.pages import register as register_matrix
from qa_service.web.mcp.address import register as register_mcp
from qa_service.web.mentions.pages import register as register_mentions
from qa_service.web.operator import register as register_operator
from qa_service.web.operator.recording import register as register_recording
from qa_service.web.pinboard import register as register_pinboard
from qa_service.web.serving.answer_service import install
from qa_service.web.serving.headers import register as register_headers
from qa_service.web.serving.hosts import register as register_hosts
from qa_service.web.serving.problems import register as register_problems
from qa_service.web.serving.service_protocol import AnswerService, open_answer_service
from qa_service.web.signing_in.pages import register as register_signing_in
from qa_service.web.tracing.opening import register as register_tracing
from qa_service.web.watching import register as register_watching
from qa_service.web.wording.display import register as register_display
from qa_service.web.wording.languages import register as register_languages
from qa_service.web.wording.limits import register as register_limits
from qa_service.web.wording.pieces import register as register_pieces
from qa_service.web.wording.places import register as register_places
from qa_service.web.wording.timeline import register as register_timeline


def assembled(settings: Settings | None, service: AnswerService | None) -> Flask:
    """See create_app."""
    settings = settings or load_settings()
    app = Flask("qa_service.web")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    install(app, service or open_answer_service(settings), settings)
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(turns)
    app.register_blueprint(citations)
    register_languages(app, settings)
    register_problems(app)
    register_headers(app)
    register_hosts(app, settings)
    register_access(app, settings)
    register_kept_for(app)
    register_signing_in(app, settings)
    register_display(app)
    register_places(app)
    register_pieces(app)
    register_timeline(app)
    register_facts(app)
    register_feedback(app, settings)
    register_limits(app)
    register_citing(app)
    register_mentions(app)
    register_matrix(app)
    register_originals(app, settings)
    register_recording(app, settings)
    register_operator(app, settings)
    register_auditing(app, settings)
    register_embed(app, settings)
    register_feeds(app)
    register_mcp(app)
    register_pinboard(app)
    register_looks(app, settings)
    register_watching(app)
    register_tracing(app, settings)
    register_installable(app)
    return app
