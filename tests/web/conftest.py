"""The app on a fake service, and the same app behind a real port for the browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from background_server import in_background
from fake_answer_service import QUESTION, FakeAnswerService
from fake_documents import HARBOUR_PAGES
from flask import Flask
from flask.testing import FlaskClient
from kept_templates import KeptTemplates
from selenium.webdriver import Chrome
from visitor import Visitor
from werkzeug.routing import Rule
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from qa_service.config import Settings
from qa_service.nouns.documents import Document
from qa_service.reading.files import read_document
from qa_service.web import create_app

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parents[1] / "reading"))
from browser_fixture import browser, chromium  # noqa: F401
from made_pdf_files import make_pdf


@pytest.fixture(autouse=True, scope="session")
def templates_compiled_once() -> Iterator[None]:
    """Every test makes an app of its own; what its templates are compiled to all of them share."""
    with mock.patch.object(Flask, "jinja_options", {"bytecode_cache": KeptTemplates()}):
        yield


@pytest.fixture(autouse=True, scope="session")
def addresses_compiled_once() -> Iterator[None]:
    """What an address is compiled to knows nothing of its app: three quarters of the time that an
    app takes to be made."""
    compiled = Rule._compile_builder
    kept: dict[tuple[object, ...], Any] = {}

    def compiled_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    with mock.patch.object(Rule, "_compile_builder", compiled_once):
        yield


@pytest.fixture
def service() -> FakeAnswerService:
    return FakeAnswerService()


@pytest.fixture
def app(service: FakeAnswerService, tmp_path: Path) -> Flask:
    settings = Settings(index_dir=tmp_path / "index", corpus_dir=tmp_path / "corpus")
    return create_app(settings, service)


@pytest.fixture
def report(service: FakeAnswerService, tmp_path: Path) -> Document:
    """A PDF of three pages in the corpus, which the service knows as it was read."""
    path = tmp_path / "corpus" / "reports" / "harbour.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(make_pdf(*HARBOUR_PAGES))
    document = read_document(path, tmp_path / "corpus", 1_000_000)
    service.add(document)
    return document


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
    with in_background(make_server("127.0.0.1", 0, app, threaded=True)) as place:
        yield f"http://{place}"


@pytest.fixture
def visitor(browser: Chrome, site: str) -> Visitor:  # noqa: F811
    """Somebody who has not been here: an earlier test may have had the same port."""
    kept = {"origin": site, "storageTypes": "local_storage"}
    browser.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
    return Visitor(browser, site)
