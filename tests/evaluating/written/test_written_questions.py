"""Files of written questions: what a line says, and what is wrong with a bad one."""

from __future__ import annotations

import json

import pytest

from qa_service.errors import DatasetError
from qa_service.evaluating.written.written_questions import (
    Stretch,
    is_written_file,
    read_written_file,
)

HOURS = {"q": "When does it open?", "file": "guide.md", "quotes": ["It opens at nine."]}
FEES = {"q": "What does it cost?", "file": "guide.md", "quotes": [], "answerable": False}


@pytest.fixture
def written(tmp_path):
    """Writes a file of these objects, a line each."""

    def write(*objects, name="mine.jsonl"):
        text = "".join(json.dumps(each) + "\n" for each in objects)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_a_line_says_what_answers_and_where(written) -> None:
    other = {"file": "map.md", "quote": "Map: page two"}
    ((question,),) = read_written_file(
        written(HOURS | {"quotes": ["It opens.", other], "kind": "two"})
    )
    assert question.stretches == (
        Stretch("guide.md", "It opens."),
        Stretch("map.md", "Map: page two"),
    )
    assert (question.kind, question.files) == ("two", {"guide.md", "map.md"})


def test_a_talk_is_several_questions_in_order(written) -> None:
    talks = read_written_file(written(HOURS, {"id": "t1", "turns": [HOURS, FEES]}))
    assert [len(talk) for talk in talks] == [1, 2]
    assert [question.answerable for question in talks[1]] == [True, False]


def test_a_file_is_known_by_its_first_line(written, tmp_path) -> None:
    assert is_written_file(written(HOURS))
    assert is_written_file(written({"turns": [HOURS]}, name="talk.jsonl"))
    assert not is_written_file(written({"question": "When?", "document": "x"}, name="own.jsonl"))
    assert not is_written_file(tmp_path)


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ({"q": "When?", "quotes": []}, "file is missing; name the document"),
        (HOURS | {"quotes": [""]}, "a quote has no words; give a text"),
        (HOURS | {"answerable": False}, "give quotes exactly where answerable is true"),
        (HOURS | {"quotes": "nine"}, "quotes must be a list of texts"),
        ({"turns": []}, "turns must be a list of objects"),
        (["When?"], "not a JSON object"),
    ],
)
def test_a_bad_line_is_named_with_its_fix(written, line, fix) -> None:
    with pytest.raises(DatasetError, match=rf"mine\.jsonl, line 2: .*{fix}"):
        read_written_file(written(HOURS, line))
