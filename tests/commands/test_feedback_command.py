"""`feedback export`: from verdicts to a question file that `evaluate` takes as it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from beside_builds import feedback_in
from fakes import built_index, make_document
from feedback_fakes import make_feedback

from qa_service.cli import main
from qa_service.evaluating.questions.question_file import read_question_file
from qa_service.nouns.questions import Turn

pytestmark = pytest.mark.usefixtures("fake_model")
QUOTE = 'Inspectors recommended "better" quality; and care.'
REPORT = make_document(f"{QUOTE}\nManagers read files every month.", "report")
QUESTION = "=What did inspectors recommend about quality?"


@pytest.fixture
def store(index_dir):
    built_index([REPORT], index_dir)
    return feedback_in(index_dir)


@pytest.fixture
def export(capsys):
    """Runs `feedback export` and returns its status, output and complaints."""

    def run(*arguments):
        capsys.readouterr()
        return main(["feedback", "export", *arguments]), *capsys.readouterr()

    return run


@pytest.mark.parametrize("name", ["mine.csv", "mine.jsonl"])
def test_what_is_exported_is_evaluated_as_it_stands(store, export, capsys, name) -> None:
    said = (Turn("user", "Hello: you"), Turn("assistant", "  "))
    store.add(
        make_feedback(
            QUESTION, cited=REPORT, quote=QUOTE, history=said, standalone_question="Quality"
        )
    )
    store.add(make_feedback("Which zebra migrated?", note='He said "no",\nand left.'))
    assert export(name) == (0, f"{name}: 1 with an answer, 1 not in the documents\n", "")
    assert main(["evaluate", name, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["questions"], figures["unanswerable"]) == (1, 1)
    assert figures["first_quote_right"] == 1


def test_wrong_answers_go_to_a_file_of_their_own_to_be_completed(store, export) -> None:
    store.add(make_feedback("Who rang?"))
    store.add(make_feedback(QUESTION, "down", REPORT, QUOTE))
    status, _, err = export("mine.csv", "--unsettled", "todo.csv")
    assert (status, err) == (0, "to be completed by a person: 1, in todo.csv\n")
    assert [line.question for line in read_question_file(Path("mine.csv"))] == ["Who rang?"]
    assert main(["evaluate", "todo.csv"]) == 1


def test_wrong_answers_are_counted_where_they_are_not_written(store, export) -> None:
    store.add(make_feedback("Who rang?"))
    store.add(make_feedback(QUESTION, "down", REPORT, QUOTE))
    assert "1, written with --unsettled FILE" in export("mine.csv")[2]


def test_a_document_that_has_left_the_index_is_named(store, export) -> None:
    store.add(make_feedback("Who rang?"))
    store.add(make_feedback(QUESTION, "up", make_document("Old words.", "old"), "Old words."))
    assert "no longer in the index: Old, old" in export("mine.csv")[2]


def test_a_file_that_is_there_is_written_over_only_by_force(store, export, tmp_path) -> None:
    store.add(make_feedback("Who rang?"))
    (tmp_path / "mine.csv").write_text("precious")
    status, _, err = export("mine.csv")
    assert (status, (tmp_path / "mine.csv").read_text()) == (1, "precious")
    assert "--force" in err
    assert export("mine.csv", "--force")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (["mine.txt"], "end its name in .csv or .jsonl"),
        (["nowhere/mine.csv"], "its folder is not there"),
        (["mine.csv", "--unsettled", "mine.csv"], "both files are the same"),
        (["mine.csv", "--since", "2999-01-01"], "no feedback is stored"),
        (["mine.csv"], "--unsettled FILE writes them"),
        (["mine.csv", "--index", "elsewhere"], "run: qa-service build"),
    ],
)
def test_what_cannot_be_exported_is_a_plain_line_with_the_fix(
    store, export, arguments, fix
) -> None:
    store.add(make_feedback(QUESTION, "down", REPORT, QUOTE))
    status, out, err = export(*arguments)
    assert (status, out) == (1, "")
    assert fix in err


def test_where_nothing_is_settled_the_rest_is_written_still(store, export, tmp_path) -> None:
    store.add(make_feedback(QUESTION, "down", REPORT, QUOTE))
    status, _, err = export("mine.csv", "--unsettled", "todo.csv")
    assert (status, (tmp_path / "mine.csv").exists()) == (1, False)
    assert "they are in todo.csv" in err
    assert "marked wrong" in (tmp_path / "todo.csv").read_text("utf-8")


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30"])
def test_a_day_that_is_none_ends_with_2(export, capsys, day) -> None:
    with pytest.raises(SystemExit) as stopped:
        export("mine.csv", "--since", day)
    assert stopped.value.code == 2
    assert "write YYYY-MM-DD" in capsys.readouterr().err
