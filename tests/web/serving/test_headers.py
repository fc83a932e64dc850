"""Nothing runs, loads or frames but our own, and the log keeps no question."""

import logging
import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[3] / "qa_service" / "web" / "static").glob("*.js"))


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/nothing", "/api/health", "/static/style.css"]
)
def test_every_response_has_the_security_headers(client, path):
    with client.get(path) as response:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/hillside-2023?start=1&end=9"])
def test_no_page_has_inline_code_or_a_foreign_host(client, path):
    page = client.get(path).text
    from_elsewhere = r"(?:src|srcset|href|action)=\"https?://"
    assert re.findall(rf"<style|\sstyle=|\son\w+=|{from_elsewhere}", page) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_never_turn_data_into_markup(script):
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", script.read_text()) == []


def test_the_log_says_what_was_called_and_not_what_was_asked(client, caplog):
    with caplog.at_level(logging.INFO, "qa_service.web"):
        client.get("/api/search?q=secret%20matter")
    assert "GET /api/search 200" in caplog.text
    assert "secret" not in caplog.text


def test_the_icon_is_where_browsers_look(client):
    with client.get("/favicon.ico") as response:
        assert response.mimetype == "image/svg+xml"
