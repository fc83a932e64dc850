"""The web face: a chat page, document pages and the JSON endpoint, as one Flask app."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from qa_service.config import Settings
    from qa_service.web.serving.service_protocol import AnswerService


def create_app(settings: Settings | None = None, service: AnswerService | None = None) -> Flask:
    """The app. Settings default to those of the environment, the service to the real one.

    Raises SettingsError for wrong settings and what opening the service raises.
    """
    # Here, as the process that only watches over the server needs none of it.
    from qa_service.web.app import assembled

    return assembled(settings, service)
