"""Question sets: what is read from a BEIR folder, and what is wrong with a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.config import Settings
from qa_service.errors import DatasetError
from qa_service.evaluating.questions.datasets import AnswerSpan, load_dataset

QUESTION = {"_id": "q1", "text": "Which boats sail?"}
SPAN = {"doc_id": "boats", "text": "sail", "start": 14}


def load(folder: Path, **settings: object):
    return load_dataset(folder, Settings(**settings))


def only_question(folder: Path):
    (asked,) = load(folder).questions
    return asked


def test_documents_questions_and_grades_are_read(dataset) -> None:
    found = load(dataset([QUESTION], [("q1", "boats", 2), ("q1", "school", 1)]))
    assert found.name == "harbour-set"
    assert [(item.id, item.title) for item in found.documents] == [
        ("boats", "Boats"),
        ("school", "School"),
        ("library", ""),
    ]
    assert found.questions[0].grades == {"boats": 2, "school": 1}


def test_questions_without_an_answer_follow_with_no_grades(dataset) -> None:
    folder = dataset([QUESTION], [("q1", "boats", 1)], unanswerable=[{"_id": "u", "text": "?"}])
    assert [(item.id, bool(item.grades)) for item in load(folder).questions] == [
        ("q1", True),
        ("u", False),
    ]


def test_texts_are_canonical_and_empty_ones_left_out(dataset) -> None:
    corpus = [{"_id": "a", "text": "One\r\n two  three\t"}, {"_id": "b", "text": " \n"}]
    (document,) = load(dataset([QUESTION], corpus=corpus)).documents
    assert document.text == "One\n two three"


def test_ids_and_dates_become_what_documents_have(dataset) -> None:
    corpus = [{"_id": 7, "text": "Seven.", "date": "24 May 2023"}]
    (document,) = load(dataset([QUESTION], corpus=corpus)).documents
    assert (document.id, document.date) == ("7", "2023-05-24")


def test_an_answer_span_is_found_where_it_stands(dataset) -> None:
    asked = only_question(dataset([QUESTION | {"answer_spans": [SPAN]}]))
    assert asked.spans == (AnswerSpan("boats", 14, 18),)


@pytest.mark.parametrize(("said", "found"), [(0, 0), (9, 8), (13, 16), (99, 16)])
def test_a_shifted_span_is_the_nearest_of_that_text(dataset, said, found) -> None:
    corpus = [{"_id": "boats", "text": "one two one two one"}]
    span = {"doc_id": "boats", "text": "one", "start": said}
    asked = only_question(dataset([QUESTION | {"answer_spans": [span]}], corpus=corpus))
    assert asked.spans == (AnswerSpan("boats", found, found + 3),)


def test_a_span_that_stands_nowhere_is_left_out(dataset) -> None:
    spans = [SPAN | {"text": "zebra"}, SPAN | {"doc_id": "nobody"}, SPAN | {"text": ""}]
    assert only_question(dataset([QUESTION | {"answer_spans": spans}])).spans == ()


def test_a_filter_names_the_documents_that_have_its_values(dataset) -> None:
    corpus = [
        {"_id": "a", "text": "One.", "site": "x"},
        {"_id": "b", "text": "Two.", "site": "y"},
        {"_id": "c", "text": "Three.", "site": "x"},
    ]
    asked = only_question(dataset([QUESTION | {"filter": {"site": "x"}}], corpus=corpus))
    assert asked.document_ids == ("a", "c")
    assert only_question(dataset([QUESTION], corpus=corpus)).document_ids == ()


def test_a_filter_that_lets_no_document_through_is_an_error(dataset) -> None:
    with pytest.raises(DatasetError, match="'q1': its filter lets no document through"):
        load(dataset([QUESTION | {"filter": {"site": "nowhere"}}]))


def test_documents_may_be_files_of_a_corpus_folder(dataset, tmp_path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "boats.md").write_text("# Boats\n\nThey sail.")
    folder = dataset([QUESTION], documents=[{"_id": "d1", "file": "boats.md"}])
    (document,) = load(folder, corpus_dir=tmp_path / "files").documents
    assert (document.id, document.title, document.text) == ("d1", "Boats", "Boats\n\nThey sail.")


def test_a_file_that_cannot_be_read_is_named_with_the_fix(dataset, tmp_path) -> None:
    folder = dataset([QUESTION], documents=[{"_id": "d1", "file": "gone.md"}])
    with pytest.raises(DatasetError, match=r"gone\.md.*--corpus"):
        load(folder, corpus_dir=tmp_path)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(dataset, name) -> None:
    folder = dataset([QUESTION])
    (folder / name).unlink()
    with pytest.raises(DatasetError, match=f"cannot read .*{name}"):
        load(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "queries_unanswerable.jsonl"])
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not a JSON object"),
        (b"5", "not a JSON object"),
        (b'["_id"]', "not a JSON object"),
        (b'{"text": "?"}', "no _id"),
        (b'{"_id": "q2"}', "no text"),
        (b'{"_id": "q2", "text": null}', "no text"),
        (b'{"_id": "q2", "text": "caf\xe9"}', "not a JSON object"),
    ],
)
def test_a_broken_line_is_named_with_its_number(dataset, name, line, reason) -> None:
    folder = dataset([QUESTION], unanswerable=[QUESTION])
    good = (folder / name).read_bytes().splitlines(keepends=True)[0]
    (folder / name).write_bytes(good + b"\n" + line)
    with pytest.raises(DatasetError, match=f"{name}, line 3: .*{reason}"):
        load(folder)


@pytest.mark.parametrize("row", ["q1 boats 1", "q1\tboats\tmuch", "q1\tboats", "a\tb\t1\t2"])
def test_a_broken_row_of_grades_is_named_with_its_number(dataset, row) -> None:
    folder = dataset([QUESTION], [("q1", "boats", 1)])
    with (folder / "qrels" / "test.tsv").open("a") as grades:
        grades.write(f"\n{row}\n")
    with pytest.raises(DatasetError, match=r"test\.tsv, line 4: not query-id"):
        load(folder)


@pytest.mark.parametrize("spans", [[{"doc_id": "boats"}], ["sail"], [SPAN | {"start": None}], 5])
def test_broken_answer_spans_are_named_by_their_question(dataset, spans) -> None:
    with pytest.raises(DatasetError, match="question 'q1': answer_spans"):
        load(dataset([QUESTION | {"answer_spans": spans}]))
