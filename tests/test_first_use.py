"""The whole path on the real model and our own corpus: build, serve, ask, follow a citation.

It is built and served as by a package that was installed by itself, without extras.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from bare_install import bare_environment
from browser_fixture import browser, chromium  # noqa: F401 - fixtures
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visitor import LAST_TURN, Visitor, waiting

from qa_service.cli import main

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
COMMAND = [sys.executable, "-m", "qa_service"]
QUESTION = "what did inspectors recommend about quality assurance?"


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> dict[str, str]:
    return bare_environment(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def folders(tmp_path_factory, bare) -> list[str]:
    """Flags for a copy of the corpus and an index built from it."""
    place = tmp_path_factory.mktemp("first-use")
    shutil.copytree(CORPUS, place / "corpus")
    flags = ["--corpus", str(place / "corpus"), "--index", str(place / "index")]
    subprocess.run([*COMMAND, "build", *flags], env=bare, check=True, timeout=120)
    return flags


@pytest.fixture(scope="module")
def site(folders, bare) -> Iterator[str]:
    """The address of a server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), *folders],
        env=bare,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert any("Serving on" in line for line in server.stdout)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.communicate(timeout=30)


def fetch(address: str, body: dict | None = None) -> dict:
    data = json.dumps(body).encode() if body else None
    request = Request(address, data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as response:
        return json.load(response)


def test_both_inspections_are_quoted_newest_first(site):
    citations = fetch(f"{site}/api/ask", {"question": QUESTION})["citations"]
    dates = [citation["date"] for citation in citations]
    assert list(dict.fromkeys(dates)) == ["2023-05-24", "2016"]
    said = [each["date"] for each in citations if "quality assurance" in each["quote"]]
    assert said == ["2023-05-24", "2016"]


def test_every_quote_and_passage_is_the_documents_text_at_its_offsets(site):
    answer = fetch(f"{site}/api/ask", {"question": QUESTION, "limit": 50})
    assert len(answer["passages"]) == 50
    for part in [*answer["citations"], *answer["passages"]]:
        text = fetch(f"{site}/api/documents/{part['document_id']}")["text"]
        assert text[part["start"] : part["end"]] == part.get("quote", part.get("text"))


@pytest.mark.parametrize(
    ("question", "reason"),
    [("how long do I boil an egg?", "no_evidence"), ("Good morning!", "small_talk")],
)
def test_what_the_corpus_does_not_answer_is_refused(site, question, reason):
    answer = fetch(f"{site}/api/ask", {"question": question})
    assert (answer["answered"], answer["reason"], answer["answer"]) == (False, reason, [])


def test_asking_on_the_command_line_says_whether_it_was_answered(folders, capsys):
    assert main(["ask", QUESTION, *folders]) == 0
    assert "24 May 2023" in capsys.readouterr().out
    assert main(["ask", "how long do I boil an egg?", *folders]) == 4


def test_a_running_server_answers_from_a_new_build(site, folders):
    before = fetch(f"{site}/api/health")["documents"]
    page = "# Minibus timetable\n\nThe blue minibus leaves the library at a quarter past nine.\n"
    (Path(folders[1]) / "minibus.md").write_text(page, encoding="utf-8")
    assert main(["check", *folders]) == 1
    assert main(["build", *folders]) == 0
    assert main(["check", *folders]) == 0
    answer = fetch(f"{site}/api/ask", {"question": "When does the blue minibus leave?"})
    assert answer["index"]["documents"] == before + 1
    assert "quarter past nine" in answer["answer"][0]["quote"]


@pytest.mark.browser
def test_from_a_question_to_the_highlighted_source(site, browser):  # noqa: F811
    until = waiting(browser).until
    browser.get(site)
    browser.find_element(By.ID, "question").send_keys(QUESTION, Keys.ENTER)
    until(lambda page: len(page.find_elements(By.TAG_NAME, "blockquote")) >= 2)
    places = [item.text for item in browser.find_elements(By.CSS_SELECTOR, ".citation .place")]
    assert re.match("24 May 2023", places[0])
    assert re.match("2016", places[1])

    quote = browser.find_element(By.TAG_NAME, "blockquote").text
    browser.find_element(By.CSS_SELECTOR, ".citation a").click()
    mark = until(lambda page: page.find_element(By.CSS_SELECTOR, "mark#quote"))
    assert mark.text == quote
    assert mark.is_displayed()


@pytest.mark.browser
def test_five_turns_of_a_conversation_over_the_corpus(site, browser):  # noqa: F811
    visitor = Visitor(browser, site)
    visitor.ask_and_wait("What did inspectors recommend about quality assurance in 2016?")
    visitor.see_text(f"{LAST_TURN} .place", "2016")
    visitor.ask_and_wait("and in 2023?")
    visitor.see_text(f"{LAST_TURN} .as", "about quality assurance in 2023?")
    visitor.see_text(f"{LAST_TURN} .place", "24 May 2023")
    visitor.press(f"{LAST_TURN} .taken summary")
    visitor.press(f"{LAST_TURN} .as-typed button")
    visitor.see_count(f"{LAST_TURN}:nth-child(3)", 1)
    assert visitor.texts(f"{LAST_TURN} .as") == []

    visitor.press("#compare")
    visitor.ask_and_wait("How has quality assurance in the Scottish Borders developed?")
    dates = visitor.texts(f"{LAST_TURN} .moment > .when")
    assert dates == ["2016", "24 May 2023"]
    visitor.press("#filters summary")
    visitor.set_date("date-from", "2024-01-01")
    visitor.ask_and_wait("What is trauma-informed practice?")
    visitor.see_text(f"{LAST_TURN} blockquote", "Trauma-informed practice")
    assert visitor.complaints() == []
