"""The commands in-process on the fake model: exit statuses, plain messages, the JSON shapes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from qa_service import __version__
from qa_service.cli import main
from qa_service.contract import answer_object
from qa_service.indexing.manifest import current_build
from qa_service.schema import Question

QUESTION = "What did inspectors recommend about quality assurance?"
FOREIGN = "Which zebra migrated across Antarctica yesterday?"
BORDERS = """# Borders inspection

Inspectors recommended better quality assurance of case records. Managers read files monthly.
"""


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def environment(fake_model: None) -> None:
    """Stands before every other fixture."""


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "borders.md").write_text(BORDERS, encoding="utf-8")
    (folder / "library.txt").write_text("The library opens at nine.", encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def run_command(*arguments: str) -> Outcome:
        capsys.readouterr()
        status = main(arguments)
        return Outcome(status, *capsys.readouterr())

    return run_command


@pytest.fixture
def built(run: Callable[..., Outcome], corpus_dir: Path) -> Callable[..., Outcome]:  # noqa: ARG001
    """Runs commands after a first build."""
    assert run("build").status == 0
    return run


def assert_plain_failure(outcome: Outcome, *words: str) -> None:
    assert (outcome.status, outcome.out) == (1, "")
    message = outcome.err.splitlines()[-1]
    assert message.startswith("qa-service: ")
    assert "Traceback" not in outcome.err
    assert all(word in message for word in words)


@pytest.mark.usefixtures("corpus_dir")
def test_build_says_what_it_built(run) -> None:
    outcome = run("build")
    assert outcome.status == 0
    assert "2 documents, 2 passages (2 encoded, 0 reused), 0 files not read" in outcome.out
    assert "reading and encoding: 2 done" in outcome.err


def test_a_second_build_reuses_and_a_full_one_does_not(built) -> None:
    assert "(0 encoded, 2 reused)" in built("build").out
    assert "(2 encoded, 0 reused)" in built("build", "--full").out


def test_if_missing_builds_only_where_there_is_no_index(run, corpus_dir) -> None:
    assert "2 documents" in run("build", "--if-missing").out
    (corpus_dir / "new.txt").write_text("A third page.", encoding="utf-8")
    assert run("build", "--if-missing") == (0, "", "")
    assert "3 documents" in run("build").out


def test_a_build_that_could_not_read_a_file_names_it_and_ends_with_3(run, corpus_dir) -> None:
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-no")
    outcome = run("build")
    assert outcome.status == 3
    assert "not read: broken.pdf: " in outcome.err
    assert "1 files not read" in outcome.out


def test_an_empty_corpus_is_a_failure_that_names_what_to_put_there(run, tmp_path) -> None:
    (tmp_path / "corpus").mkdir()
    assert_plain_failure(run("build"), "corpus", ".docx")


def test_a_missing_corpus_is_a_failure_that_names_the_flag(run) -> None:
    assert_plain_failure(run("build", "--corpus", "nowhere"), "nowhere", "--corpus")


def test_a_corpus_of_unreadable_files_leaves_the_old_build_in_use(built, corpus_dir) -> None:
    old = current_build(Path("index"))
    for path in corpus_dir.iterdir():
        path.unlink()
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-no")
    assert_plain_failure(built("build"), "broken.pdf")
    assert current_build(Path("index")) == old


@pytest.mark.usefixtures("corpus_dir")
def test_an_index_folder_that_is_a_file_is_a_plain_failure(run, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert_plain_failure(run("build", "--index", "file"), "--index")


def test_ask_prints_the_quote_with_its_source(built) -> None:
    outcome = built("ask", QUESTION)
    assert outcome.status == 0
    assert "[1] “Inspectors recommended better quality assurance" in outcome.out
    assert "(borders.md)" in outcome.out


def test_ask_without_evidence_ends_with_4_and_lists_what_is_nearest(built) -> None:
    outcome = built("ask", FOREIGN)
    assert outcome.status == 4
    assert outcome.out.startswith("No answer found")
    assert "(library.txt)" in outcome.out


def test_ask_json_is_the_endpoints_object(built, service_with) -> None:
    printed = json.loads(built("ask", QUESTION, "--json").out)
    expected = answer_object(service_with().ask(Question(QUESTION)))
    assert printed | {"took_ms": 0} == expected | {"took_ms": 0}


def test_ask_json_without_evidence_still_prints_the_object(built) -> None:
    outcome = built("ask", FOREIGN, "--json")
    assert outcome.status == 4
    assert json.loads(outcome.out)["reason"] == "no_evidence"


def test_ask_compares_dated_documents(built, corpus_dir) -> None:
    text = "---\ndate: 2016-02-10\n---\nInspectors recommended quality assurance."
    (corpus_dir / "older.md").write_text(text, encoding="utf-8")
    built("build")
    printed = json.loads(built("ask", QUESTION, "--compare", "--json").out)
    assert [(entry["date"], entry["citation"]) for entry in printed["timeline"]] == [
        ("2016-02-10", 1)
    ]


def test_ask_keeps_to_the_dates_given(built) -> None:
    outcome = built("ask", QUESTION, "--from", "2020-01-01", "--to", "2020-12-31", "--json")
    assert outcome.status == 4
    assert json.loads(outcome.out)["passages"] == []


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        (["--from", "2016"], ["from", "YYYY-MM-DD"]),
        (["--to", "2016-02-30"], ["to", "YYYY-MM-DD"]),
        (["--from", "2016-01-02", "--to", "2016-01-01"], ["from", "--to"]),
    ],
)
def test_a_wrong_date_is_a_plain_failure(built, dates, named) -> None:
    assert_plain_failure(built("ask", QUESTION, *dates), *named)


def test_ask_lists_documents_where_that_is_asked(built) -> None:
    outcome = built("ask", "Which documents do you have?")
    assert (outcome.status, outcome.out.splitlines()[0]) == (
        0,
        "There are 2 documents in the index.",
    )


def test_search_prints_ranked_passages(built) -> None:
    outcome = built("search", "quality assurance")
    assert outcome.status == 0
    assert outcome.out.index("1. Borders inspection") < outcome.out.index("2. ")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_mistyped_word_is_matched_to_the_corpus_unless_taken_as_typed(built, command) -> None:
    typed = QUESTION.replace("quality", "qualtiy")
    assert "Searched for “quality” in place of “qualtiy”" in built(command, typed).out
    assert "in place of" not in built(command, typed, "--as-typed").out


def test_search_json_gives_as_many_passages_as_asked_for(built) -> None:
    found = json.loads(built("search", "quality", "--json", "--limit", "1").out)
    assert (found["query"], len(found["passages"])) == ("quality", 1)


@pytest.mark.parametrize("limit", ["0", "-1", "101"])
def test_a_limit_out_of_range_is_a_failure(built, limit) -> None:
    assert_plain_failure(built("search", "quality", "--limit", limit), "limit", "1 to 100")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_too_short_or_too_long_is_a_failure(built, command, text) -> None:
    assert_plain_failure(built(command, text), "1 to 2,000 characters")


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", "quality"], ["check"]])
def test_before_the_first_build_the_fix_is_named(run, command) -> None:
    assert_plain_failure(run(*command), "run: qa-service build")


def test_check_is_content_with_a_sound_index(built) -> None:
    outcome = built("check")
    assert (outcome.status, outcome.err) == (0, "")
    assert "sound" in outcome.out


def test_check_names_what_is_wrong_and_ends_with_1(built, corpus_dir) -> None:
    (corpus_dir / "new.txt").write_text("New.")
    outcome = built("check")
    assert outcome.status == 1
    assert "new.txt is new since the build" in outcome.out


@pytest.fixture
def question_set(tmp_path: Path) -> str:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(json.dumps({"_id": "d", "text": BORDERS}))
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": QUESTION}))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n")
    return str(folder)


def test_evaluate_prints_figures(run, question_set) -> None:
    outcome = run("evaluate", question_set)
    assert outcome.status == 0
    assert re.search(r"^recall_at_1 +1\.0000$", outcome.out, re.MULTILINE)


def test_evaluate_json_is_an_object(run, question_set) -> None:
    assert json.loads(run("evaluate", question_set, "--json").out)["recall_at_1"] == 1


def test_evaluate_names_the_file_that_is_missing(run, tmp_path) -> None:
    assert_plain_failure(run("evaluate", str(tmp_path)), "corpus.jsonl")


def test_evaluate_asks_the_operators_own_questions_of_the_index(built, tmp_path) -> None:
    (tmp_path / "mine.csv").write_text(f"question,document\n{QUESTION},borders.md\n")
    outcome = built("evaluate", "mine.csv", "--json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["first_quote_right"] == 1


def test_evaluate_names_each_bad_line_of_a_question_file(built, tmp_path) -> None:
    (tmp_path / "mine.csv").write_text(f"question,quote\n{QUESTION},no such words\nWhen?,\n")
    assert_plain_failure(built("evaluate", "mine.csv"), "mine.csv, line 3: nothing is expected")


def test_evaluate_stores_a_run_and_a_report_and_compares_two(run, question_set, tmp_path) -> None:
    for name in ("a", "b"):
        outcome = run(
            "evaluate", question_set, "--output", f"{name}.json", "--html", f"{name}.html"
        )
        assert outcome.status == 0
    outcome = run("evaluate", "--compare", "a.json", "b.json", "--html", "both.html")
    assert outcome.status == 0
    assert "No difference shown on nDCG@10" in outcome.out
    for name in ("a", "b", "both"):
        assert (tmp_path / f"{name}.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a question set"),
        (["set", "--compare", "a.json", "b.json"], "leave out a question set"),
        (["--compare", "a.json", "b.json", "--limit", "3"], "leave out --limit"),
        (["--compare", "a.json"], "expected 2 arguments"),
        (["set", "--history", "maybe"], "invalid choice: 'maybe'"),
    ],
)
def test_evaluate_says_which_arguments_do_not_go_together(run, arguments, said, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run("evaluate", *arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_serve_starts_the_web_face_with_the_flags(run, monkeypatch) -> None:
    started = []
    monkeypatch.setattr("qa_service.web.server.serve", started.append)
    assert run("serve", "--host", "0.0.0.0", "--port", "81").status == 0
    assert [(settings.host, settings.port) for settings in started] == [("0.0.0.0", 81)]


def test_a_flag_beats_the_environment(built, monkeypatch) -> None:
    monkeypatch.setenv("QA_INDEX_DIR", "elsewhere")
    assert_plain_failure(built("check"), "elsewhere")
    assert built("check", "--index", "index").status == 0


def test_a_settings_file_is_read_and_its_errors_are_plain(built, tmp_path) -> None:
    (tmp_path / "qa.toml").write_text("index_dir = 'elsewhere'")
    (tmp_path / "bad.toml").write_text("index_dri = 'elsewhere'")
    assert_plain_failure(built("check", "--config", "qa.toml"), "elsewhere")
    assert_plain_failure(built("check", "--config", "bad.toml"), "did you mean 'index_dir'")


@pytest.mark.parametrize(
    "arguments", [[], ["anser"], ["ask"], ["search", "x", "--limit", "many"], ["build", "--all"]]
)
def test_a_command_that_is_not_understood_ends_with_2(arguments, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage: qa-service")


def test_a_stopped_command_says_so(built, monkeypatch) -> None:
    monkeypatch.setattr(
        "qa_service.indexing.check.check_index", mock.Mock(side_effect=KeyboardInterrupt)
    )
    assert built("check") == (130, "", "qa-service: stopped\n")


def run_process(*arguments: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "qa_service", *arguments]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    values = buffered | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=values, **options)


def test_the_package_runs_as_a_module() -> None:
    with run_process("--version", stdout=subprocess.PIPE) as process:
        out, err = process.communicate()
    assert (process.returncode, out, err) == (0, f"qa-service {__version__}\n", "")


@pytest.mark.usefixtures("built")
def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with run_process("check", stdout=writer) as process:
        os.close(writer)
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


def test_an_index_inside_the_corpus_is_refused(run, corpus_dir) -> None:
    inside = str(corpus_dir / "index")
    assert_plain_failure(run("build", "--index", inside), "inside the corpus", "--index")


def test_a_question_that_is_no_text_is_a_plain_failure(built) -> None:
    assert_plain_failure(built("ask", "caf\udce9"), "question")


def test_documents_are_listed_with_how_each_was_read(run, corpus_dir) -> None:
    (corpus_dir / "copy.md").write_text(BORDERS, encoding="utf-8")
    (corpus_dir / "grades.pdf").write_text("School,Grade\nNorth,Good\n", encoding="utf-8")
    built = run("build")
    assert "warning: grades.pdf: the ending is .pdf, but the content is text" in built.err
    listed = run("documents").out
    assert "Borders inspection, date unknown (borders.md)" in listed
    assert "14 words, language en, markdown" in listed
    assert "also at copy.md" in listed
    assert "warning: the ending is .pdf" in listed


def test_documents_as_json_are_the_endpoints(built) -> None:
    listed = json.loads(built("documents", "--json").out)
    assert [item["source"] for item in listed] == ["borders.md", "library.txt"]
    assert listed[0]["extraction"]["words"] == 14


def test_folders_may_be_named_collections(run, corpus_dir) -> None:
    assert "2 documents" in run("build", "--collection", f"reports={corpus_dir}").out
    assert "(reports/library.txt)" in run("documents").out
    assert_plain_failure(run("build", "--collection", "reports"), "NAME=FOLDER")


@pytest.mark.usefixtures("corpus_dir")
def test_a_watched_corpus_is_built_again_when_it_changes(run, corpus_dir, monkeypatch) -> None:
    def changes(_: object) -> Iterator[None]:
        (corpus_dir / "new.txt").write_text("The ferry leaves at ten.", encoding="utf-8")
        yield
        for path in corpus_dir.iterdir():
            path.unlink()
        yield

    monkeypatch.setattr("qa_service.indexing.watching.changes", changes)
    outcome = run("build", "--watch")
    assert "2 documents" in outcome.out
    assert "3 documents" in outcome.out
    assert "holds no documents" in outcome.err
    assert "3 documents" not in run("check").out


def test_a_build_tells_programs_how_far_it_is_and_what_came_of_it(run, corpus_dir) -> None:
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    outcome = run("build", "--json")
    told = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.status == 3
    assert told[0] == {"stage": "reading and encoding", "done": 0, "total": 3}
    assert (told[-1]["documents"], told[-1]["skipped"][0]["source"]) == (2, "broken.pdf")


def test_uploaded_files_are_read_by_the_command_too(run, corpus_dir, tmp_path) -> None:
    uploads = tmp_path / "index" / "uploads"
    uploads.mkdir(parents=True)
    (uploads / "harbour.txt").write_text("The harbour school has twelve boats.")
    assert run("build", "--corpus", str(corpus_dir)).status == 0
    assert "uploads/harbour.txt" in run("documents").out


def test_builds_are_listed_and_gone_back_to(built, corpus_dir) -> None:
    first = current_build(Path("index")).name
    (corpus_dir / "harbour.txt").write_text("The harbour school has twelve boats.")
    built("build")
    listed = built("builds").out.splitlines()
    assert [line[:2] for line in listed] == ["* ", "  "]
    used = json.loads(built("builds", "--use", first, "--json").out)
    assert [(item["build"] == first, item["in_use"]) for item in used][-1] == (True, True)
    assert current_build(Path("index")).name == first


def test_a_build_that_is_not_kept_is_told_plainly(built) -> None:
    assert_plain_failure(built("builds", "--use", "20200101T000000Z-abcdef"), "keep_builds")
