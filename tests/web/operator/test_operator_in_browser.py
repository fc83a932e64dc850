"""The operator at work in a browser: signs in, uploads, builds, goes back, reads questions."""

from dataclasses import replace
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow, tab_stops, widen
from operator_site import QUESTION, TOKEN, build, operator_app, operator_settings, prototype  # noqa: F401
from selenium.webdriver.common.keys import Keys

from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.documents import Extraction

pytestmark = pytest.mark.browser
FOREIGN = "Which zebra migrated across Antarctica yesterday?"


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library.txt"
    path.write_text("The library opens at nine. Readers may borrow twelve books.")
    return path


@pytest.fixture
def operator(visitor):
    """Somebody who has signed in."""
    visitor.browser.delete_all_cookies()
    visitor.browser.get(f"{visitor.site}/operator")
    visitor.see("#token").send_keys(TOKEN, Keys.ENTER)
    visitor.see("#in-use")
    visitor.complaints()  # that the first page was answered with 401
    return visitor


@pytest.fixture(params=["scripts", "no scripts"])
def operator_either_way(request, operator):
    if request.param == "no scripts":
        operator.without_scripts()
        operator.browser.refresh()
    return operator


def go_to(visitor, tab):
    visitor.press(f".tabs a[href$='/{tab}']")


def upload(visitor, path):
    visitor.browser.get(f"{visitor.site}/operator/uploads")
    visitor.see("#file").send_keys(str(path))
    visitor.press(".upload button")
    visitor.see("main > .notice")


def build_now(visitor):
    visitor.browser.get(f"{visitor.site}/operator")
    visitor.press("[data-shown-while=idle] button")
    visitor.see_text("#run", "Built")


def test_a_wrong_token_is_told_and_the_right_one_opens_the_page(visitor):
    visitor.browser.delete_all_cookies()
    visitor.browser.get(f"{visitor.site}/operator")
    visitor.see("#token").send_keys("not the token", Keys.ENTER)
    visitor.see_text("[role=alert]", "not the operator's token")
    visitor.see("#token").send_keys(TOKEN, Keys.ENTER)
    visitor.see_text(".figures", "Passages")


def test_signing_out_asks_for_the_token_again(operator):
    operator.press(".tabs button")
    assert operator.see("#token").is_displayed()


def test_a_file_is_uploaded_built_and_answered_from(operator_either_way, library):
    visitor = operator_either_way
    upload(visitor, library)
    visitor.see_text(".notice.good", "library.txt was stored (text)")
    visitor.see_text(".report", "waits for the next build")
    build_now(visitor)
    visitor.see_text("#in-use", "2")
    visitor.visit(q="How many books may readers borrow?")
    visitor.see_text(".citation .source, .citation a", "library")


def test_a_file_of_the_same_name_is_told_and_replaced_only_when_asked(operator, library):
    upload(operator, library)
    upload(operator, library)
    operator.see_text("[role=alert]", "is there already")
    operator.see("#file").send_keys(str(library))
    operator.press("[name=replace]")
    operator.press(".upload button")
    operator.see_text(".notice.good", "was replaced")


def test_removal_asks_first(operator_either_way, library):
    visitor = operator_either_way
    upload(visitor, library)
    assert visitor.texts(".danger") == []
    visitor.press(".confirmed summary")
    visitor.press(".danger")
    visitor.see_text(".notice.good", "library.txt was removed")
    visitor.see_text("#files", "0 files")


def test_progress_is_shown_while_a_build_runs_and_it_can_be_cancelled(
    operator, library, monkeypatch
):
    monkeypatch.setenv("FAKE_BUILD_SECONDS", "900")
    upload(operator, library)
    operator.browser.get(f"{operator.site}/operator")
    operator.press("[data-shown-while=idle] button")
    operator.see_text("#run", "Reading and encoding")
    assert operator.see("#run progress").is_displayed()
    operator.press("[data-shown-while=running] button")
    operator.see_text("#run", "cancelled; the index stays as it was")


def test_going_back_to_an_earlier_build_asks_first(operator_either_way, settings):
    visitor = operator_either_way
    (settings.corpus_dir / "library.txt").write_text("The library opens at nine.")
    build(settings)
    visitor.browser.refresh()
    visitor.see_text(".figures", "2")
    visitor.press(".confirmed summary")
    visitor.press(".confirmed button")
    visitor.see_text(".builds li:last-child", "In use")
    assert visitor.texts(".figures dd")[0] == "1"


def test_what_was_not_read_is_told_with_the_reason(operator):
    go_to(operator, "documents")
    operator.see_text("#not-read", "1 file not read")
    operator.see_text(".problems", "broken.pdf")
    operator.see_text(".problems", "save it anew")


def test_doubtful_documents_come_first_with_pages_and_warnings(operator, app, monkeypatch):
    found = app.extensions["answer_service"].documents()[0]
    doubt = Extraction(pages_without_text=(2, 3), warnings=("the text layer is damaged",))
    scan = replace(found, id="scan", title="Scanned letter", pages=3, extraction=doubt)
    service = app.extensions["answer_service"]
    monkeypatch.setattr(service, "documents", lambda: (found, scan))
    go_to(operator, "documents")
    assert operator.texts(".report li > a") == ["Scanned letter", "Borders"]
    assert operator.texts(".warning") == ["Without text: pages 2-3", "the text layer is damaged"]
    operator.press("[name=doubtful]")
    operator.press("[role=search] button")
    operator.see_count(".report li", 1)


def test_a_check_says_what_differs_between_index_and_files(operator, settings):
    operator.press("#check + p a")
    operator.see_text("main", "The index is sound")
    (settings.corpus_dir / "library.txt").write_text("The library opens at nine.")
    operator.browser.refresh()
    operator.see_text(".problems", "library.txt is new since the build")


def test_a_build_that_fails_says_why(operator, settings):
    for path in settings.corpus_dir.rglob("*.*"):
        path.unlink()
    operator.press("[data-shown-while=idle] button")
    operator.see_text("#run", "The build failed, and the index stays as it was")
    operator.see_text("#run", "holds no documents")


def test_where_the_index_is_damaged_the_page_says_so_and_builds_another(
    operator,
    app,
    settings,
):
    manifest = current_build(settings.index_dir) / "manifest.json"
    manifest.write_text("{}")
    app.extensions["answer_service"].close()
    operator.browser.refresh()
    operator.see_text("[role=alert]", "Nothing can be answered now")
    build_now(operator)
    operator.browser.refresh()
    assert operator.texts("[role=alert]") == []
    assert operator.texts(".figures dd")[0] == "1"


def test_documents_are_found_by_title_or_file(operator):
    go_to(operator, "documents")
    operator.see("[name=find]").send_keys("borders", Keys.ENTER)
    operator.see_text(".report", "Borders")
    operator.see("[name=find]").clear()
    operator.see("[name=find]").send_keys("nowhere", Keys.ENTER)
    operator.see_text("main", "No document fits.")


def test_unanswered_questions_come_first_and_can_be_forgotten(operator_either_way):
    visitor = operator_either_way
    for question in (QUESTION, FOREIGN):
        urlopen(f"{visitor.site}/?{urlencode({'q': question})}").close()
    visitor.visit(q="What the operator asks is not counted")
    visitor.browser.get(f"{visitor.site}/operator/questions")
    assert visitor.texts(".questions li a") == [FOREIGN, QUESTION]
    visitor.see_text(".questions li:first-child", "Unanswered")
    visitor.press(".questions li:first-child button")
    visitor.see_count(".questions li", 1)


def test_what_was_marked_wrong_is_listed_with_its_note(operator):
    operator.visit()
    operator.ask_and_wait(QUESTION)
    operator.press(".feedback .down")
    operator.see_text(".told", "stored")
    operator.press(".note summary")
    operator.see(".note textarea").send_keys("There is a newer report")
    operator.press("[data-slot=send_note]")
    operator.see_text(".told", "stored")
    operator.browser.get(f"{operator.site}/operator/questions")
    operator.see_text(".questions", "Marked wrong")


@pytest.fixture
def used(operator, library):
    """Who has uploaded, built, and left a question without an answer."""
    upload(operator, library)
    build_now(operator)
    operator.visit(q=FOREIGN)
    return operator


def test_nobody_meets_a_barrier_here_either(used):
    for page in ("", "/documents", "/uploads", "/questions"):
        used.browser.get(f"{used.site}/operator{page}")
        used.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        for as_seen in (DESK_BY_DAY, PHONE_AT_NIGHT):
            look(used.browser, as_seen)
            assert barriers(used.browser) == []
            assert all(stop["ringed"] and stop["inSight"] for stop in tab_stops(used.browser))
        for width in (320, 640, 2560):
            widen(used.browser, width)
            assert overflow(used.browser) == 0


def test_the_way_in_has_no_barrier(visitor):
    visitor.browser.delete_all_cookies()
    visitor.browser.get(f"{visitor.site}/operator")
    visitor.see("#token").send_keys("wrong", Keys.ENTER)
    visitor.see("[role=alert]")
    assert barriers(visitor.browser) == []


def test_nothing_of_it_breaches_the_policy_or_fails(operator, library):
    upload(operator, library)
    build_now(operator)
    for tab in ("documents", "questions"):
        go_to(operator, tab)
    assert operator.complaints() == []
