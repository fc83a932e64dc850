"""Runs the real server on the fake model, over the builds that QA_POSTGRES holds."""

from __future__ import annotations

from fakes import FakeEmbedder

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.settings_sources import load_settings
from qa_service.web.server import serve


def open_on_fake_model(settings: Settings) -> AnswerService:
    return AnswerService(settings, FakeEmbedder())


if __name__ == "__main__":
    serve(load_settings({"port": 0}), open_on_fake_model)
