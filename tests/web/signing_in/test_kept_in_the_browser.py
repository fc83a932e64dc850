"""What a browser keeps is for who may read as much as those to whom it was shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fake_answer_service import FakeAnswerService
from provider_beside import served_at_its_address, signing_in_at
from selenium.webdriver.support.expected_conditions import title_contains
from selenium.webdriver.support.ui import WebDriverWait

from qa_service.web import create_app
from qa_service.web.access.sessions import SESSION_COOKIE, Person

pytestmark = pytest.mark.browser
ADA = Person("Ada Peel", frozenset({"board", "staff"}), "ada")
COOK = Person("Cook", frozenset({"staff"}), "cook")
KEEP = "for (const kept of [localStorage, sessionStorage]) kept.setItem('pins', 'x')"
KEPT = "return [localStorage.getItem('pins'), sessionStorage.getItem('pins')]"
SIGN_OUT = "document.querySelector('[action=\"/sign-out\"]').submit()"


class ForAll(FakeAnswerService):
    """Says the same to whoever is in any groups."""

    def seen_by(self, _groups: frozenset[str]) -> ForAll:
        return self


class Tab:
    """A browser at a site, with what it is told of who has signed in."""

    def __init__(self, browser: Any, site: str, sessions: Any) -> None:
        self.browser, self.site, self.sessions = browser, site, sessions

    def sign_in(self, person: Person, seconds: float = 3600) -> str:
        session = self.sessions.begin(replace(person, until=time.time() + seconds))
        self.browser.add_cookie({"name": SESSION_COOKIE, "value": session, "httpOnly": True})
        self.open()
        return session

    def open(self) -> None:
        self.browser.get(self.site)

    def keep(self) -> None:
        self.browser.execute_script(KEEP)

    def kept(self) -> list[str | None]:
        return self.browser.execute_script(KEPT)

    def until(self, condition: Any) -> Any:
        return WebDriverWait(self.browser, 20).until(condition)

    def until_kept(self, *kept: str | None) -> None:
        self.until(lambda _: self.kept() == list(kept))


@pytest.fixture
def tab(browser, tmp_path) -> Iterator[Tab]:
    """One in which Ada has signed in and something is kept."""
    with site_of(tmp_path) as (app, site):
        browser.get(site)
        tab = Tab(browser, site, app.extensions["sessions"])
        tab.sign_in(ADA)
        tab.keep()
        yield tab
        browser.delete_all_cookies()


@contextmanager
def site_of(folder) -> Iterator[tuple[Any, str]]:
    apps = []

    def make(site: str) -> Any:
        settings = signing_in_at("https://login.example.org", site, index_dir=folder / "index")
        apps.append(create_app(settings, ForAll()))
        return apps[0]

    with served_at_its_address(make) as site:
        yield apps[0], site


def test_who_has_signed_in_finds_it_again(tab) -> None:
    tab.open()
    assert tab.kept() == ["x", "x"]


def test_the_same_person_finds_it_again_who_signs_in_once_more(tab) -> None:
    tab.sign_in(replace(ADA, groups=ADA.groups | {"press"}))
    assert tab.kept() == ["x", "x"]


def test_who_signs_out_leaves_nothing_behind(tab) -> None:
    tab.browser.execute_script(SIGN_OUT)
    tab.until(title_contains("Signed out"))
    tab.until_kept(None, None)


def test_a_session_that_has_ended_leaves_nothing_behind(tab) -> None:
    tab.browser.delete_cookie(SESSION_COOKIE)
    tab.open()
    assert tab.kept() == [None, None]


@pytest.mark.parametrize("next_one", [COOK, replace(ADA, id="another of that name")])
def test_whoever_signs_in_next_finds_nothing(tab, next_one) -> None:
    tab.sign_in(next_one)
    assert tab.kept() == [None, None]


def test_who_is_in_a_group_no_more_finds_nothing(tab) -> None:
    tab.sign_in(replace(ADA, groups=frozenset({"staff"})))
    assert tab.kept() == [None, None]


def test_what_was_kept_before_a_sign_in_stays(tab) -> None:
    tab.browser.delete_cookie(SESSION_COOKIE)
    tab.open()
    tab.keep()
    tab.sign_in(COOK)
    assert tab.kept() == ["x", "x"]


def test_an_open_page_is_had_anew_as_the_session_ends(tab) -> None:
    tab.sessions.end(tab.sign_in(ADA, seconds=2))
    tab.browser.execute_script("document.title = 'of Ada'")
    tab.until(
        lambda _: (
            time.sleep(0.5)
            or tab.browser.execute_script(
                "window.dispatchEvent(new Event('focus')); return document.title !== 'of Ada'"
            )
        )
    )
    tab.until_kept(None, None)


def test_an_open_page_is_had_anew_as_another_tab_is_somebody_elses(tab) -> None:
    mine = tab.browser.current_window_handle
    tab.browser.execute_script("document.title = 'of Ada'")
    tab.browser.switch_to.new_window("tab")
    try:
        tab.open()
        tab.sign_in(COOK)
        tab.browser.close()
    finally:
        tab.browser.switch_to.window(mine)
    tab.until(lambda browser: browser.title != "of Ada")
    tab.until_kept(None, None)


@pytest.mark.parametrize(("seconds", "warned"), [(3600, False), (300, True)])
def test_who_must_sign_in_again_soon_is_told_so(tab, seconds, warned) -> None:
    tab.sign_in(ADA, seconds)
    tab.browser.execute_script("window.dispatchEvent(new Event('focus'))")
    (warning,) = tab.browser.find_elements("id", "sign-in-ends")
    assert warning.is_displayed() is warned
