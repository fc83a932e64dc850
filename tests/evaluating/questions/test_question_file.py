"""Question files: what an operator may write, and what a bad line is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.errors import DatasetError
from qa_service.evaluating.questions.question_file import (
    QuestionLine,
    is_question_file,
    read_question_file,
    write_question_file,
)
from qa_service.nouns.questions import Turn

HEADER = "question,document,quote,answerable,history,note\n"


@pytest.fixture
def file(tmp_path):
    """Writes a file of this text."""

    def write(text: str | bytes, name: str = "mine.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def error_of(path: Path) -> str:
    with pytest.raises(DatasetError) as raised:
        read_question_file(path)
    return str(raised.value)


def test_a_line_says_what_must_be_found(file) -> None:
    (line,) = read_question_file(file("Question, Quote ,Note\nWhen?,at nine,hours\n"))
    assert line == QuestionLine("When?", quote="at nine", note="hours", line=2)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_any_spreadsheet_is_understood(file, separator) -> None:
    (line,) = read_question_file(file(f"question{separator}document\nWhen?{separator}a.txt\n"))
    assert (line.question, line.document) == ("When?", "a.txt")


def test_a_byte_order_mark_and_empty_lines_are_passed_over(file) -> None:
    lines = read_question_file(file("\ufeffquestion,document\n\n,\nWhen?,a.txt\n"))
    assert [(line.question, line.line) for line in lines] == [("When?", 4)]


@pytest.mark.parametrize("said", ["no", "No ", "not in the documents", "FALSE", "0"])
def test_a_question_may_be_marked_as_not_in_the_documents(file, said) -> None:
    (line,) = read_question_file(file(f"question,answerable\nWhen?,{said}\n"))
    assert not line.answerable


def test_history_is_a_message_a_line(file) -> None:
    text = HEADER + 'And when?,a.txt,,,"Which boats?\nassistant: Two: both sail.",\n'
    (line,) = read_question_file(file(text))
    assert line.history == (Turn("user", "Which boats?"), Turn("assistant", "Two: both sail."))


def test_json_lines_hold_the_same_columns(file) -> None:
    text = (
        '{"question": "When?", "document": ["a.txt", "b.txt"], "answerable": true}\n\n'
        '{"question": "Who?", "answerable": false, "history": [{"role": "user", "text": "Hm"}]}\n'
    )
    first, second = read_question_file(file(text, "mine.jsonl"))
    assert (first.document, first.answerable, first.line) == ("a.txt; b.txt", True, 1)
    assert (second.answerable, second.history, second.line) == (False, (Turn("user", "Hm"),), 3)


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        (",a.txt,,,,", "line 2: question: is blank; send 1 to 2,000 characters"),
        ("When?,,,,,", "line 2: nothing is expected; give a document, a quote, or answerable"),
        ("When?,a.txt,,no,,", "line 2: answerable is no, yet a document or quote is given"),
        ("When?,a.txt,,perhaps,,", "line 2: answerable is “perhaps”; write yes or no"),
        ("When?,a.txt,,,,,more", "line 2: a cell without a column"),
    ],
)
def test_a_bad_line_is_named_with_its_fix(file, line, fix) -> None:
    assert f"mine.csv, {fix}" in error_of(file(f"{HEADER}{line}\n"))


def test_every_bad_line_is_named(file) -> None:
    text = f'{HEADER}When?,,,,,\n"Two\nlines",a.txt,,,,\nWho?,,,,,\n'
    assert [part.split(":")[0][-6:] for part in error_of(file(text)).splitlines()] == [
        "line 2",
        "line 5",
    ]


def test_a_mistyped_column_is_named(file) -> None:
    assert "qoute: not one of the columns question" in error_of(file("question,qoute\nA?,b\n"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column “question”"),
        ("document\na.txt\n", "line 1: no column “question”"),
        ("question,document\n", "holds no questions"),
        ('question,document\n"When?,a\n', "line 2: not CSV"),
        ("question,document\ncaf\xe9,a\n".encode("latin-1"), "not UTF-8; save it as “CSV UTF-8”"),
    ],
)
def test_a_file_that_is_not_one_is_an_error(file, text, reason) -> None:
    assert reason in error_of(file(text))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 1: not a JSON object"),
        ("[]", "line 1: not a JSON object"),
        ('{"question": 5, "document": "a"}', "line 1: question: must be text"),
        ('{"question": "A?", "document": 5}', "line 1: document must be text"),
        ('{"question": "A?", "document": "a", "history": 5}', "line 1: history must be text"),
        ('{"question": "A?", "document": "a", "history": [5]}', "needs role and text"),
        ('{"question": "A?", "document": "a", "history": [{"role": "x"}]}', "needs the role"),
    ],
)
def test_a_bad_json_line_is_named(file, line, reason) -> None:
    assert reason in error_of(file(line, "mine.jsonl"))


def test_a_missing_file_is_named(tmp_path) -> None:
    assert "cannot read" in error_of(tmp_path / "gone.csv")


@pytest.mark.parametrize("name", ["mine.csv", "mine.jsonl"])
def test_what_is_written_is_read_again(tmp_path, name) -> None:
    written = [
        QuestionLine("=1+1?", document="a.txt", quote='He said "so",\nand left.', note="-"),
        QuestionLine("When?", answerable=False, history=(Turn("user", "Hello: you"),)),
    ]
    write_question_file(tmp_path / name, written)
    read = read_question_file(tmp_path / name)
    assert [(q.question, q.quote, q.answerable, q.history) for q in read] == [
        (q.question, q.quote, q.answerable, q.history) for q in written
    ]


def test_no_cell_that_is_written_is_a_formula(tmp_path) -> None:
    write_question_file(tmp_path / "mine.csv", [QuestionLine("=HYPERLINK(A1)", document="a")])
    assert "\n'=HYPERLINK(A1)," in (tmp_path / "mine.csv").read_text("utf-8-sig")


def test_files_and_folders_are_told_apart(tmp_path) -> None:
    (tmp_path / "set.csv").mkdir()
    assert is_question_file(tmp_path / "Mine.CSV")
    assert not is_question_file(tmp_path / "set.csv")
    assert not is_question_file(tmp_path)
