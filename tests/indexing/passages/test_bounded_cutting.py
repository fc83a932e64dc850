"""Whatever a text does to what cuts it costs that document alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fakes import FakeEmbedder, make_document
from made_texts import random_document
from no_children import cut_here

from qa_service.errors import UnreadableDocument
from qa_service.indexing.building.build import build_index
from qa_service.indexing.passages import bounded_cutting
from qa_service.indexing.passages.bounded_cutting import CuttingProcess
from qa_service.nouns.documents import Passage
from qa_service.reading import ReadingLimits
from qa_service.reading.isolation import bounded_child

LIMITS = ReadingLimits(seconds=5.0, memory_bytes=2**31)
SQUARE = "square " + "“never closed " * 200_000
"""2.8 million characters, each looked at from all that stand before it."""


@pytest.fixture
def bad_cutter(monkeypatch: pytest.MonkeyPatch) -> Callable[[ReadingLimits], CuttingProcess]:
    """Makes processes on which documents do harm by their first word."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    monkeypatch.setattr(bounded_child, "GRACE", 0.5)
    return partial(CuttingProcess, worker="bad_cutter")


@pytest.fixture
def cutting(bad_cutter: Callable[[ReadingLimits], CuttingProcess]) -> Iterator[CuttingProcess]:
    with bad_cutter(LIMITS) as process:
        yield process


def passages(cutting: CuttingProcess, text: str, spent: float = 0.0) -> list[Passage]:
    return cutting.cut(make_document(text), FakeEmbedder().count_tokens, 256, spent)


def test_another_process_cuts_as_this_one_would() -> None:
    count = FakeEmbedder().count_tokens
    with CuttingProcess(ReadingLimits()) as process:
        for document in [*map(random_document, range(9)), make_document("a" * 99_999)]:
            assert process.cut(document, count, 256) == cut_here(document, count, 256)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("crash", "crashed on it (SIGSEGV)"),
        (SQUARE, "longer than 5 seconds; split it or raise QA_MAX_FILE_SECONDS"),
        ("hang-deaf", "longer than 5 seconds"),
        ("eat", "more than 2,048 megabytes of memory; split it or raise QA_MAX_READING_MEGABYTES"),
        ("fault", "cannot be cut into passages (TypeError"),
        ("outside", "outside its text"),
    ],
    ids=["crash", "square", "hang-deaf", "eat", "fault", "outside"],
)
def test_a_text_that_cannot_be_cut_is_named_with_the_reason_and_the_next_one_is(
    cutting, text: str, reason: str
) -> None:
    with pytest.raises(UnreadableDocument) as error:
        passages(cutting, text)
    assert reason in str(error.value)
    assert [passage.text for passage in passages(cutting, "Boats sail.")] == ["Boats sail."]


def test_a_text_does_not_pay_for_what_an_earlier_one_did_to_the_process(cutting) -> None:
    passages(cutting, "Boats sail.")
    assert passages(cutting, "crash-if-second")


def test_what_reading_took_is_taken_from_the_time_for_all_of_a_file(cutting) -> None:
    with pytest.raises(UnreadableDocument, match="QA_MAX_FILE_TOTAL_SECONDS"):
        passages(cutting, "hang-deaf", spent=LIMITS.total_seconds - 1.0)


def test_an_interruption_ends_the_process_and_is_passed_on(cutting) -> None:
    def interrupted(_: object) -> list[int]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cutting.cut(make_document("Boats sail."), interrupted, 256)
    assert passages(cutting, "Boats turn.")[0].text == "Boats turn."


def test_no_text_is_given_to_a_tokenizer_that_is_too_long_by_its_characters() -> None:
    counted: list[int] = []

    def count(texts: list[str]) -> list[int]:
        counted.extend(map(len, texts))
        return [1] * len(texts)

    cut_here(make_document("a" * 1_000_000), count, 256)
    assert max(counted) < 256 * 21


def test_whoever_builds_goes_on_without_a_document_that_cannot_be_cut(
    bad_cutter, index_dir, monkeypatch
) -> None:
    texts = {"a": "Boats sail.", "b": "crash", "c": "Boats turn."}
    documents = [make_document(text, name) for name, text in texts.items()]
    monkeypatch.setattr(bounded_cutting, "CuttingProcess", bad_cutter)
    report = build_index(documents, index_dir, FakeEmbedder())
    (skipped,) = report.manifest.skipped
    assert skipped.source == documents[1].source
    assert "crashed on it (SIGSEGV)" in skipped.reason
    assert report.manifest.documents == 2
    assert report.reading["passages"] > 0
