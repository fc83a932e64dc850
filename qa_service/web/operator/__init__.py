"""The operator's page: documents, builds, uploads and questions, for who holds the token."""

from __future__ import annotations

from multiprocessing.util import Finalize

from flask import Flask

from qa_service.config import Settings
from qa_service.indexing.builds.beside import uploads_beside
from qa_service.web.operator import api, signing_in, tokens
from qa_service.web.operator.building import Builder
from qa_service.web.operator.operator_token import OperatorToken
from qa_service.web.operator.uploads import Uploads


def register(app: Flask, settings: Settings) -> None:
    """Add the page and its endpoint; without a token in the settings both answer 404."""
    builder = Builder(settings)
    app.extensions["operator"] = OperatorToken(settings)
    app.extensions["builder"] = builder
    app.extensions["uploads"] = Uploads(
        uploads_beside(settings),
        settings.max_file_megabytes * 2**20,
        settings.max_uploads_megabytes * 2**20,
    )
    app.register_blueprint(signing_in.blueprint)
    app.register_blueprint(tokens.blueprint)  # that of `pages`, with the routes of both
    app.register_blueprint(api.blueprint)
    Finalize(builder, builder.close, exitpriority=0)
