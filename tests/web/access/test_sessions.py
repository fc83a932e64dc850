"""Who has signed in, remembered by one machine or known to several."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from qa_service.config import Settings
from qa_service.indexing.builds.beside import records_beside
from qa_service.web.access.opened_sessions import open_sessions
from qa_service.web.access.sessions import Person

ADA = Person("Ada Peel", frozenset({"board", "staff"}), "ada", 5.0, "what the provider said")


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def settings(request) -> Settings:
    if request.param == "embedded":
        return Settings()
    return Settings(engine="postgres", postgres=request.getfixturevalue("new_database")())


@pytest.fixture
def sessions(settings):
    return open_sessions(settings, "person", Person, 60, most=2)


def test_who_began_a_session_is_known_until_it_is_ended(sessions) -> None:
    session = sessions.begin(ADA)
    assert sessions.get(session) == ADA
    assert sessions.end(session) == ADA
    assert (sessions.get(session), sessions.end(session)) == (None, None)


def test_nobody_is_known_by_another_cookie(sessions) -> None:
    sessions.begin(ADA)
    assert (sessions.get(""), sessions.get("guessed")) == (None, None)


def test_of_too_many_the_oldest_ends(sessions) -> None:
    first, *others = [sessions.begin(replace(ADA, name=name)) for name in "abc"]
    assert sessions.get(first) is None
    assert [sessions.get(each).name for each in others] == ["b", "c"]


@pytest.mark.engines
def test_what_one_machine_began_another_knows_and_ends(new_database) -> None:
    settings = Settings(engine="postgres", postgres=new_database())
    here, there = (open_sessions(settings, "person", Person, 60) for _ in range(2))
    session = here.begin(ADA)
    assert there.end(session) == ADA
    assert here.get(session) is None


@pytest.mark.engines
def test_an_operator_is_no_person(new_database) -> None:
    settings = Settings(engine="postgres", postgres=new_database())
    session = open_sessions(settings, "operator", bool, 60).begin(True)
    assert open_sessions(settings, "person", Person, 60).get(session) is None


@pytest.mark.engines
def test_a_copy_of_the_table_tells_neither_cookies_nor_of_whom_they_are(new_database) -> None:
    settings = Settings(engine="postgres", postgres=new_database())
    session = open_sessions(settings, "person", Person, 60).begin(ADA)
    kept = repr(records_beside(settings, "sessions").rows("SELECT * FROM sessions"))
    assert not [told for told in (session, ADA.name, "board", ADA.id_token) if told in kept]


@pytest.mark.engines
def test_what_an_earlier_version_kept_in_clear_is_nobody(new_database) -> None:
    settings = Settings(engine="postgres", postgres=new_database())
    sessions, records = (
        open_sessions(settings, "person", Person, 60),
        records_beside(settings, "sessions"),
    )
    session = sessions.begin(ADA)
    with records.writing() as statements:
        statements.execute("UPDATE sessions SET known = '{}'", ())
    assert sessions.get(session) is None


def test_a_session_ends_after_its_time(settings, monkeypatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    sessions = open_sessions(settings, "person", Person, 60, clock=lambda: now[0])
    session = sessions.begin(ADA)
    now[0] += 61
    assert sessions.get(session) is None
