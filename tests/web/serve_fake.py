"""Runs the real server on the fake service: `serve_fake.py SECONDS_PER_ANSWER|broken`."""

from __future__ import annotations

import sys
from functools import partial

from fake_answer_service import FakeAnswerService

from qa_service.config import Settings
from qa_service.errors import ModelError, QAServiceError
from qa_service.settings_sources import load_settings
from qa_service.web.server import serve


def open_fake(delay: float, settings: Settings) -> FakeAnswerService:  # noqa: ARG001
    return FakeAnswerService(delay=delay)


def open_broken(settings: Settings) -> FakeAnswerService:
    raise ModelError(f"cannot load {settings.model}: install the model")


if __name__ == "__main__":
    broken = sys.argv[1] == "broken"
    opener = open_broken if broken else partial(open_fake, float(sys.argv[1]))
    try:
        serve(load_settings({"port": 0}), opener)
    except QAServiceError as error:
        sys.exit(str(error))
