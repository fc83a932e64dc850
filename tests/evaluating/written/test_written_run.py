"""Written questions asked on the fake model: figures in all and by kind, talks, files not there."""

from __future__ import annotations

import json

import pytest
from fakes import FakeEmbedder, FakeProgress, built_index, make_document

from qa_service.config import Settings
from qa_service.errors import DatasetError
from qa_service.evaluating.written.written_report import written_text
from qa_service.evaluating.written.written_run import evaluate_written

LIBRARY = "The library opens at nine."
BOATS = "Harbour boats sail to the islands daily."
HOURS = {"q": "When does the library open?", "file": "library.txt", "quotes": [LIBRARY]}
ZEBRA = {"q": "Which zebra migrated across Antarctica?", "file": "boats.txt", "quotes": []}
KNOWN = HOURS | {"kind": "when"}


@pytest.fixture
def measure(index_dir, tmp_path):
    """Asks these lines of an index of two documents."""
    built_index([make_document(LIBRARY, "library"), make_document(BOATS, "boats")], index_dir)

    def measured(*lines, **settings):
        path = tmp_path / "mine.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        values = Settings(index_dir=index_dir, **settings)
        return evaluate_written(path, values, FakeEmbedder(), FakeProgress())

    return measured


def test_what_is_quoted_and_refused_is_counted_by_kind(measure) -> None:
    report = measure(KNOWN, ZEBRA | {"kind": "fact"}).report
    assert (report["quoted"], report["first_passage"], report["refused"]) == (1, 1, 1)
    assert (report["by_kind"]["when"]["quoted"], report["by_kind"]["fact"]["refused"]) == (1, 1)
    assert report["auroc"] == 1


def test_a_quote_of_another_file_is_not_right(measure) -> None:
    report = measure(HOURS | {"file": "boats.txt"}).report
    assert (report["answered"], report["quoted"], report["part"]) == (1, 0, 0)


def test_what_was_withheld_is_judged_as_if_given(measure) -> None:
    report = measure(KNOWN, minimum_confidence=1.0).report
    assert (report["quoted"], report["quoted_if_asked"]) == (0, 1)


def test_turns_of_a_talk_are_asked_after_those_before(measure) -> None:
    first, second = measure({"turns": [HOURS, HOURS]}).results
    assert (first.follow_up, second.follow_up) == (False, True)


def test_questions_over_files_that_the_index_lacks_are_left_out(measure) -> None:
    assert measure(KNOWN, HOURS | {"file": "gone.txt"}).report["left_out"] == 1
    with pytest.raises(DatasetError, match="the index has none of its files; build it"):
        measure(HOURS | {"file": "gone.txt"})


def test_figures_are_a_table_with_a_row_for_each_kind(measure) -> None:
    text = written_text(measure(KNOWN, ZEBRA).report)
    assert [line.split()[0] for line in text.splitlines()[:4]] == ["kind", "all", "other", "when"]
