"""What an index of vectors misses must hardly show: over two sets of passages every engine ranks
as one does that compares them all."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from engines_under_test import EmbeddedEngine, Engine, PostgresEngine
from fakes import items_of, make_document, make_query

from qa_service.answering.ranking.ranking import rank
from qa_service.config import Settings
from qa_service.indexing.engine import dense
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Filters

CORPUS = Path(__file__).parents[4] / "corpus"
SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in "aeiou"]
MADE = 60
"""Documents, of some 20 passages each."""
QUESTIONS = 100
"""Of each set."""
LEAST_ALIKE = 0.99
_ASKED = b"""SELECT coalesce(sum(idx_scan), 0)::int8 FROM pg_stat_user_indexes
    WHERE indexrelname = 'nearness'"""


@pytest.fixture(scope="module")
def documents() -> dict[str, list[Document]]:
    """Documents that were written, and made ones in which words are as rare as in those."""
    chance = random.Random(0)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(4_000)]
    made = [
        make_document(_paragraphs(words, chance), f"made-{number}", collection="made")
        for number in range(MADE)
    ]
    return {"made": made, "written": [it for it in items_of(CORPUS) if isinstance(it, Document)]}


def _paragraphs(words: Sequence[str], chance: random.Random) -> str:
    """Words of a subject of its own, by Zipf's law, and of all subjects."""
    own = chance.sample(words, 300)
    sentences = [_sentence(own if chance.random() < 0.7 else words, chance) for _ in range(220)]
    return "\n\n".join(" ".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6))


def _sentence(words: Sequence[str], chance: random.Random) -> str:
    chosen = [words[int(len(words) ** chance.random()) - 1] for _ in range(12)]
    return " ".join(chosen).capitalize() + "."


@pytest.fixture(scope="module")
def compared_whole(
    documents: dict[str, list[Document]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenedBuild]:
    """A build whose vectors are all compared."""
    with closing(EmbeddedEngine(tmp_path_factory.mktemp("whole"))) as whole:
        whole.publish(*documents["made"], *documents["written"])
        with whole.reading() as opened:
            yield opened


@pytest.fixture(scope="module")
def expected(
    compared_whole: OpenedBuild, documents: dict[str, list[Document]]
) -> dict[str, list[tuple[str, set[str]]]]:
    """For the documents of each kind, questions and the first ten that it finds for them."""
    asked = {
        name: _questions(compared_whole, {it.id for it in some}) for name, some in documents.items()
    }
    return {
        name: [(question, _first_ten(compared_whole, question)) for question in questions]
        for name, questions in asked.items()
    }


@pytest.fixture
def indexed(
    compared_whole: OpenedBuild,
    documents: dict[str, list[Document]],
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenedBuild]:
    """The same in an engine that has an index of its vectors, as it would have of more."""
    few = compared_whole.info.passages // 2
    monkeypatch.setattr(dense, "MOST_EXACT", few)
    if isinstance(engine, PostgresEngine):
        _have_it_asked(engine, few, monkeypatch)
    engine.publish(*documents["made"], *documents["written"])
    with engine.reading() as opened:
        yield opened
    if isinstance(engine, PostgresEngine):
        engine.close()
        _assert_it_was_asked(engine)


def _have_it_asked(engine: PostgresEngine, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of so few passages the server would rather compare all."""
    from qa_service.indexing.engine.postgres.reading import vectors
    from qa_service.indexing.engine.postgres.writing import copying

    for module in (vectors, copying):
        monkeypatch.setattr(module, "MOST_COMPARED", few)
    with engine.database.writing() as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET enable_seqscan = off".encode())


def _assert_it_was_asked(engine: PostgresEngine) -> None:
    """A server counts what a connection did a moment after it is closed."""
    asked, end = 0, time.monotonic() + 10
    while asked < 2 * QUESTIONS and time.monotonic() < end:
        with engine.database.writing() as connection:
            asked = connection.execute(_ASKED).fetchone()[0]
        time.sleep(0.05)
    assert asked >= 2 * QUESTIONS


def _questions(opened: OpenedBuild, ids: set[str]) -> list[str]:
    """Parts of sentences, drawn by chance."""
    chance = random.Random(1)
    passages = [it for it in all_passages(opened.store) if it.document_id in ids]
    drawn = [(it, chance.choice(it.sentences)) for it in chance.choices(passages, k=QUESTIONS)]
    said = [it.text[start - it.start : end - it.start].split() for it, (start, end) in drawn]
    return [" ".join(chance.sample(words, min(len(words), 7))) for words in said]


def _first_ten(opened: OpenedBuild, question: str) -> set[str]:
    hits = rank(opened, make_query(question), 10, Filters(), Settings())
    return {hit.passage.id for hit in hits}


def test_of_the_first_ten_of_200_questions_99_in_a_hundred_are_the_same(expected, indexed) -> None:
    for name, asked in expected.items():
        alike = sum(len(ten & _first_ten(indexed, question)) for question, ten in asked)
        assert alike >= LEAST_ALIKE * sum(len(ten) for _, ten in asked), name
