"""A sign-in goes by several machines: one begins it, another sees the browser come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, session

from qa_service.disk.kept_file import FolderFile
from qa_service.web.signing_in.pages import SIGN_IN, BegunAnywhere


@pytest.fixture
def machine(tmp_path: Path):
    """Makes an app of a machine whose key lies where that of the others does."""

    def made() -> Flask:
        app = Flask("machine")
        app.session_interface = BegunAnywhere(FolderFile(tmp_path / "key"))
        app.add_url_rule(SIGN_IN, "begin", lambda: session.update(back="/documents") or "begun")
        app.add_url_rule(f"{SIGN_IN}/back", "back", lambda: session.get("back", "nothing"))
        app.add_url_rule("/", "page", lambda: "a page")
        return app

    return made


def test_what_one_machine_began_another_ends(machine) -> None:
    browser = machine().test_client()
    browser.get(SIGN_IN)
    cookie = browser.get_cookie("session").value
    elsewhere = machine().test_client()
    elsewhere.set_cookie("session", cookie)
    assert elsewhere.get(f"{SIGN_IN}/back").text == "/documents"


def test_a_cookie_that_no_machine_signed_is_not_believed(machine) -> None:
    browser = machine().test_client()
    browser.set_cookie("session", "eyJiYWNrIjoiLyJ9.ZZZZZZ.forged")
    assert browser.get(f"{SIGN_IN}/back").text == "nothing"


def test_other_pages_need_no_key(machine, tmp_path) -> None:
    assert machine().test_client().get("/").text == "a page"
    assert not (tmp_path / "key").exists()
