#!/usr/bin/env python3
"""Fits WITH_READER and WITHOUT_READER of qa_service/answering/evidence/confidence.py.

    .venv/bin/python scripts/fit_confidence.py --fit INDEX_DIR WRITTEN.jsonl ... \
        --report INDEX_DIR WRITTEN.jsonl ... [--limit N] [--without-reader]

Each file of written questions (as `qa-service evaluate` reads them) is asked of the index named
before it. A place is right where its quote holds a stretch that answers. Prints the weights
of a logistic regression on the files after --fit, each question weighing the same, and for each
file after --report, whose documents nothing was fitted on: AUROC of answerable questions against
others, refusals at 90 % of the answerable answered, the calibration error, and the least
confidence that answers 90 %.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.evidence.choice import best_evidence, thoughts_of
from qa_service.answering.evidence.confidence import (
    WITH_READER,
    WITHOUT_READER,
    confidence_signals,
)
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.ranking.retrieval import make_query
from qa_service.answering.scope.scope_search import find_in_scope
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.evaluating.measures.abstention import auroc, false_answers_at
from qa_service.evaluating.measures.reliability import calibration_error, reliability_table
from qa_service.evaluating.written.covering import is_covered, letters
from qa_service.evaluating.written.written_questions import WrittenQuestion, read_written_file
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Question
from qa_service.understanding.kinds import expectation_of
from qa_service.understanding.parsing import parse

COVERAGE = 0.9
SEED = 0
REGULARISATION = 0.3


def main() -> None:
    arguments = parsed()
    settings = Settings(minimum_confidence=0.0, max_quotes=1, spelling=False)
    embedder = open_embedder(settings)
    reader = None if arguments.without_reader else open_passage_reader(settings)
    names = list(asdict(WITH_READER if reader else WITHOUT_READER))

    def sampled(files: list[str]) -> Iterator[tuple[str, list[dict]]]:
        for index, path in pairs(files):
            opened = open_folder(current_build(index))
            asked = questions(path, arguments.limit)
            yield path.stem, [judged(opened, embedder, settings, reader, it) for it in asked]
            opened.close()

    learned = [item for _, samples in sampled(arguments.fit) for item in samples if item]
    weights = fitted(learned, names)
    print(json.dumps(dict(zip(names, weights.round(3).tolist(), strict=True)), indent=1))
    for name, samples in sampled(arguments.report):
        known = [item for item in samples if item]
        print(name, json.dumps(figures(known, chances(weights, known, names))))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fits what confidence weighs.")
    parser.add_argument("--fit", nargs="+", required=True, metavar="INDEX_DIR FILE")
    parser.add_argument("--report", nargs="*", default=[], metavar="INDEX_DIR FILE")
    parser.add_argument("--limit", type=int, help="so many questions of each file")
    parser.add_argument("--without-reader", action="store_true")
    return parser.parse_args()


def pairs(files: list[str]) -> Iterator[tuple[Path, Path]]:
    """(index, file) for each file, which follow their index."""
    index = Path(files[0])
    for name in map(Path, files):
        if name.is_dir():
            index = name
        else:
            yield index, name


def questions(path: Path, limit: int | None) -> list[WrittenQuestion]:
    """Questions of a file that stand alone."""
    alone = [talk[0] for talk in read_written_file(path) if len(talk) == 1]
    return random.Random(SEED).sample(alone, min(limit or len(alone), len(alone)))


def judged(opened, embedder, settings, reader, asked: WrittenQuestion) -> dict | None:
    """Signals of the best place and whether it is right; None where there is no place."""
    query = make_query(asked.text, embedder, expectation_of(asked.text))
    finder = Finder(opened, query, embedder, settings, Stopwatch(), reader)
    meant = parse(asked.text, (), NamesOfBuild(opened))
    found, _ = find_in_scope(finder, Question(asked.text), meant)
    best = best_evidence(query, found.evidence)
    if best is None:
        return None
    thought = thoughts_of(opened, asked.text, [best])[0]
    text = opened.store.document(thought.hit.document.id).text[thought.start : thought.end]
    source = Path(thought.hit.document.source).name
    right = any(
        stretch.file == source and is_covered(stretch.text, [letters(text)])
        for stretch in asked.stretches
    )
    return confidence_signals(best) | {"right": right, "answerable": asked.answerable}


def fitted(samples: list[dict], names: list[str]) -> np.ndarray:
    """Weights of a regression of whether a question is answerable, scaled and moved by another
    so that they say how likely a place is right: what refuses best, calibrated. The first
    signal is the intercept.
    """
    found, answerable = signals(samples, names), [item["answerable"] for item in samples]
    model = LogisticRegression(C=REGULARISATION, fit_intercept=False, max_iter=5000)
    logits = found @ model.fit(found, answerable).coef_[0]
    scale = LogisticRegression(C=10).fit(logits[:, None], [item["right"] for item in samples])
    weights = model.coef_[0] * scale.coef_[0][0]
    weights[0] += scale.intercept_[0]
    return np.asarray(weights)


def signals(samples: list[dict], names: list[str]) -> np.ndarray:
    return np.array([[item[name] for name in names] for item in samples])


def chances(weights: np.ndarray, samples: list[dict], names: list[str]) -> np.ndarray:
    return 1 / (1 + np.exp(-signals(samples, names) @ weights))


def figures(samples: list[dict], chance: np.ndarray) -> dict:
    answerable = np.array([item["answerable"] for item in samples])
    known, others = chance[answerable].tolist(), chance[~answerable].tolist()
    right = [bool(item["right"]) for item in samples]
    passing = sorted(known, reverse=True)[: round(COVERAGE * len(known))]
    false_answers = false_answers_at(COVERAGE, known, others)
    return {
        "questions": len(samples),
        "right": sum(right) / len(known) if known else None,
        "auroc": auroc(known, others),
        "refused_at_90_percent": None if false_answers is None else 1 - false_answers,
        "calibration_error": calibration_error(reliability_table(chance.tolist(), right)),
        "threshold_at_90_percent": min(passing, default=None),
    }


if __name__ == "__main__":
    main()
