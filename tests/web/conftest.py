"""The app on a fake service, and the same app behind a real port for the browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fake_answer_service import QUESTION, FakeAnswerService
from flask import Flask
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from visitor import Visitor
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from qa_service.config import Settings
from qa_service.web import create_app

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser_fixture import browser, chromium  # noqa: F401


@pytest.fixture
def service() -> FakeAnswerService:
    return FakeAnswerService()


@pytest.fixture
def app(service: FakeAnswerService, tmp_path: Path) -> Flask:
    return create_app(Settings(index_dir=tmp_path / "index"), service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ask(client: FlaskClient) -> Callable[..., TestResponse]:
    """Post a question with whatever else the request should hold."""

    def post(question: object = QUESTION, **members: Any) -> TestResponse:
        return client.post("/api/ask", json={"question": question, **members})

    return post


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the app behind a real port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visitor(browser: Chrome, site: str) -> Visitor:  # noqa: F811
    return Visitor(browser, site)
