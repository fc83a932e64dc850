"""The exported encoder beside sentence-transformers: same passages and questions, one run.

Each system has its turn at 64 passages and then at a few questions, so that whatever else the
machine does meets them all alike. sentence-transformers has its own defaults. Passages are
encoded with their sentences, as a build does.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from question_sets import sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import Dataset, load_dataset
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.encoding.passage_vectors import KeyedPassage, keyed
from qa_service.indexing.passages.cutting import split_document

PASSAGES, TURN = 384, 64
QUESTIONS = 96
LIBRARY = "sentence-transformers"
SYSTEMS = {
    LIBRARY: Settings(encoder="sentence_transformers"),
    "exported, 8 bits (default)": Settings(encoder="onnx"),
    "exported, 32 bits": Settings(encoder="onnx", encoder_bits=32, question_bits=32),
}


def measure(sets: Sequence[Dataset]) -> dict[str, dict[str, float]]:
    """Passages a second and milliseconds for a question, by system."""
    engines = {name: open_embedder(settings) for name, settings in SYSTEMS.items()}
    passages = list(islice(_passages(sets, engines[LIBRARY]), PASSAGES))
    questions = [question.text for question in sampled_questions(sets, QUESTIONS)]
    turns: dict[str, list[float]] = {name: [] for name in engines}
    waits: dict[str, list[float]] = {name: [] for name in engines}
    for engine in engines.values():
        engine.encode_query(questions[0])
    for first in range(0, len(passages), TURN):
        for name, engine in engines.items():
            turns[name].append(_seconds(engine, passages[first : first + TURN]))
            for question in questions[first // 4 : first // 4 + TURN // 4]:
                waits[name].append(_taken(lambda e=engine, q=question: e.encode_query(q)))
    return {
        name: {
            "passages_per_second": len(passages) / sum(turns[name]),
            "question_ms": 1000 * statistics.median(waits[name]),
        }
        for name in engines
    }


def lines(results: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The figures as a table in Markdown, with ratios to the library."""
    yield "| encoder | passages a second | times the library | question, ms | of the library's |"
    yield "|---|---|---|---|---|"
    library = results[LIBRARY]
    for name, own in results.items():
        rate, wait = own["passages_per_second"], own["question_ms"]
        faster, share = rate / library["passages_per_second"], wait / library["question_ms"]
        yield f"| {name} | {rate:.1f} | {faster:.2f} | {wait:.2f} | {share:.2f} |"


def _passages(sets: Sequence[Dataset], embedder: Embedder) -> Iterator[KeyedPassage]:
    for dataset in sets:
        for document in dataset.documents:
            for passage in split_document(document, embedder.count_tokens, embedder.max_tokens):
                yield keyed(document, passage)


def _seconds(engine: Embedder, passages: Sequence[KeyedPassage]) -> float:
    texts, spans = [item.text for item in passages], [item.spans for item in passages]
    return _taken(lambda: engine.encode_passages(texts, spans))


def _taken(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    figures = measure([load_dataset(Path(folder), Settings()) for folder in sys.argv[1:]])
    print(*lines(figures), "", json.dumps(figures), sep="\n")
