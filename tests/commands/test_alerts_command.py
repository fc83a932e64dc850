"""`alerts`: what new documents say on a followed question is told once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from outcomes import QUESTION, assert_plain_failure

LEEDS = "# Leeds inspection\n\nInspectors recommended quality assurance of plans in Leeds.\n"


@pytest.fixture
def followed(built):
    assert built("alerts", "--follow", QUESTION).status == 0
    return built


@pytest.fixture
def webhook(monkeypatch) -> Iterator[list[dict]]:
    """What is posted to the address of the setting; where `taken.status` is not 200, refused."""
    posted: list[dict] = []

    class Hook(BaseHTTPRequestHandler):
        status = 200

        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if "refuse" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setenv("QA_ALERTS_WEBHOOK", f"http://127.0.0.1:{server.server_port}/hook")
    yield posted
    server.shutdown()
    thread.join()
    server.server_close()


def add_leeds(run, corpus_dir) -> None:
    (corpus_dir / "leeds.md").write_text(LEEDS, encoding="utf-8")
    assert run("build").status == 0


def test_what_was_there_when_a_question_was_followed_is_no_news(followed) -> None:
    assert followed("alerts").out == "Nothing new.\n"


def test_a_new_document_that_answers_is_told_once_with_its_address(followed, corpus_dir) -> None:
    add_leeds(followed, corpus_dir)
    told = followed("alerts").out
    assert "Inspectors recommended quality assurance of plans in Leeds." in told
    assert "http://127.0.0.1:8000/documents/leeds-" in told
    assert followed("alerts").out == "Nothing new.\n"


def test_news_of_a_groups_documents_is_told_where_alerts_are_for_it(
    followed, corpus_dir, monkeypatch
) -> None:
    monkeypatch.setenv("QA_ACCESS", "groups")
    (corpus_dir / "metadata.csv").write_text("file,access\nleeds.md,board\n", "utf-8")
    add_leeds(followed, corpus_dir)
    assert followed("alerts").out == "Nothing new.\n"
    monkeypatch.setenv("QA_ALERTS_GROUPS", "staff; board")
    assert "in Leeds." in followed("alerts").out


def test_links_begin_with_the_public_address(followed, corpus_dir, monkeypatch) -> None:
    monkeypatch.setenv("QA_PUBLIC_ADDRESS", "https://qa.example.org")
    add_leeds(followed, corpus_dir)
    assert "https://qa.example.org/documents/leeds-" in followed("alerts").out


def test_news_is_posted_with_every_citation(followed, corpus_dir, webhook) -> None:
    add_leeds(followed, corpus_dir)
    assert json.loads(followed("alerts", "--json").out) == webhook[0]
    [news] = webhook[0]["news"]
    assert news["question"] == QUESTION
    assert [place["source"] for place in news["places"]] == ["leeds.md"]


def test_news_that_was_not_taken_is_told_again(followed, corpus_dir, webhook, monkeypatch) -> None:
    address = "http://127.0.0.1:1/hook"
    monkeypatch.setenv("QA_ALERTS_WEBHOOK", address)
    add_leeds(followed, corpus_dir)
    failed = followed("alerts")
    assert failed.status == 1
    assert "the webhook cannot be reached" in failed.err
    monkeypatch.delenv("QA_ALERTS_WEBHOOK")
    assert "Leeds" in followed("alerts").out
    assert webhook == []


def test_questions_are_listed_and_no_longer_followed(followed) -> None:
    assert followed("alerts", "--list").out == f"{QUESTION}\n"
    assert followed("alerts", "--unfollow", QUESTION).status == 0
    assert "No question is followed" in followed("alerts").out


def test_mail_without_a_server_is_a_failure_that_names_the_settings(built, monkeypatch) -> None:
    monkeypatch.setenv("QA_ALERTS_MAIL_TO", "ann@example.org")
    assert_plain_failure(built("alerts"), "alerts_mail_from", "smtp_server")
