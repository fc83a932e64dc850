"""`move` and the other commands where a database holds the builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from beside_builds import feedback_in
from feedback_fakes import make_feedback

pytestmark = pytest.mark.engines


@pytest.fixture
def address(new_database, monkeypatch) -> str:
    """An empty database, which the settings name."""
    made = new_database()
    monkeypatch.setenv("QA_POSTGRES", made)
    return made


@pytest.fixture
def in_database(new_database, monkeypatch) -> None:
    """Settings of the other engine."""
    monkeypatch.setenv("QA_ENGINE", "postgres")
    monkeypatch.setenv("QA_POSTGRES", new_database())


def test_a_build_is_moved_and_asked_where_there_is_no_folder(built, address, monkeypatch) -> None:
    assert "compared by its hash" in built("move", "--to", address).out
    monkeypatch.setenv("QA_ENGINE", "postgres")
    outcome = built("ask", "When does the library open?", "--index", "elsewhere")
    assert (outcome.status, "The library opens at nine." in outcome.out) == (0, True)


def test_a_build_is_brought_back(built, address) -> None:
    built("move", "--to", address)
    assert "is in use in back" in built("move", "--from", address, "--index", "back").out
    assert "2 documents" in built("builds", "--index", "back").out


@pytest.mark.usefixtures("in_database", "corpus_dir")
def test_build_puts_its_build_into_the_database_and_goes_on_from_there(run, corpus_dir) -> None:
    assert "(2 encoded, 0 reused)" in run("build").out
    (corpus_dir / "new.txt").write_text("A third page.", encoding="utf-8")
    other_machine = run("build", "--index", "other")
    assert "(1 encoded, 2 reused)" in other_machine.out
    assert run("builds", "--index", "nowhere").out.count("documents") == 2
    assert "new.txt" in run("documents", "--index", "nowhere").out
    assert "in the database is sound" in run("check", "--index", "nowhere").out


@pytest.mark.usefixtures("in_database", "corpus_dir")
def test_builds_goes_back_to_an_earlier_build(run, corpus_dir) -> None:
    run("build")
    first = run("builds").out.split()[1]
    (corpus_dir / "new.txt").write_text("A third page.", encoding="utf-8")
    run("build")
    assert f"* {first}" in run("builds", "--use", first).out


@pytest.mark.usefixtures("in_database", "corpus_dir")
def test_check_compares_what_the_database_holds(run) -> None:
    run("build")
    assert "is sound" in run("check").out


def test_without_an_address_the_setting_is_refused(run, monkeypatch) -> None:
    monkeypatch.setenv("QA_ENGINE", "postgres")
    outcome = run("builds")
    assert (outcome.status, "set postgres to its address" in outcome.err) == (1, True)


def test_what_is_no_address_is_told_as_the_setting(run) -> None:
    outcome = run("move", "--to", "postgresql://[bad")
    assert (outcome.status, "postgres is no address" in outcome.err) == (1, True)


def test_a_database_without_vectors_or_rights_says_what_it_lacks(
    built, address, postgres_server
) -> None:
    postgres_server.command("DROP EXTENSION vector", address.rpartition("/")[2])
    outcome = built("move", "--to", address)
    assert (outcome.status, "CREATE EXTENSION vector" in outcome.err) == (1, True)


def test_a_server_that_is_not_there_is_told_plainly(run, monkeypatch) -> None:
    monkeypatch.setenv("QA_ENGINE", "postgres")
    monkeypatch.setenv("QA_POSTGRES", "postgresql://qa@127.0.0.1:9/qa")
    outcome = run("builds")
    assert (outcome.status, "the database does not answer" in outcome.err) == (1, True)
    assert "Traceback" not in outcome.err


def test_what_people_left_beside_the_build_moves_too_and_back(built, address, monkeypatch) -> None:
    built("token", "make", "reader")
    built("alerts", "--follow", "Who sails?")
    feedback_in(Path("index")).add(make_feedback("Who sails?", "down"))
    Path("index/uploads").mkdir()
    Path("index/uploads/new.txt").write_text("Uploaded.")
    moved = built("move", "--to", address).out
    for what in ("Verdicts", "Tokens", "Followed questions", "Uploads"):
        assert f"{what}: copied, and compared by their hash." in moved
    monkeypatch.setenv("QA_ENGINE", "postgres")
    assert "reader:" in built("token", "list", "--index", "elsewhere").out
    assert "Who sails?" in built("alerts", "--list", "--index", "elsewhere").out
    assert "as they are" not in built("move", "--from", address, "--index", "back").out
    monkeypatch.setenv("QA_ENGINE", "embedded")
    assert "reader:" in built("token", "list", "--index", "back").out
    assert [it.feedback.question for it in feedback_in(Path("back")).read()] == ["Who sails?"]
    assert Path("back/uploads/new.txt").read_text() == "Uploaded."


def test_others_that_are_there_already_stay(built, address, monkeypatch) -> None:
    built("token", "make", "reader")
    monkeypatch.setenv("QA_ENGINE", "postgres")
    built("token", "make", "writer")
    monkeypatch.setenv("QA_ENGINE", "embedded")
    assert "Tokens: others are there already" in built("move", "--to", address).out
    monkeypatch.setenv("QA_ENGINE", "postgres")
    assert "reader" not in built("token", "list").out
