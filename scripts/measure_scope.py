#!/usr/bin/env python3
"""Measures what narrowing a search by the question's own words brings; prints Markdown.

    .venv/bin/python scripts/measure_scope.py INDEX_DIR DATASET_DIR ... [--limit N] [--corpus DIR]

Every question is asked with its scope and without. nDCG@10 is by document, of the passages
that the answer returns, over all questions; the other figures are of those that were narrowed.
Indexes are built below INDEX_DIR where they are missing, as `qa-service evaluate` does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from qa_service.answering.service import AnswerService, open_service
from qa_service.config import Settings
from qa_service.evaluating.measures.ranking_measures import ranking_scores, rankings
from qa_service.evaluating.questions.datasets import EvaluationQuestion, load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.nouns.answers import Answer
from qa_service.nouns.questions import Filters, Question

LIMIT = 10
MEASURE = "ndcg_at_10"
SEED = 0


@dataclass(frozen=True)
class Asked:
    """A question with its answers: as asked, and with the scope switched off."""

    question: EvaluationQuestion
    narrowed: Answer
    plain: Answer


def ask(service: AnswerService, question: EvaluationQuestion) -> Asked:
    filters = Filters(document_ids=question.document_ids)
    narrowed, plain = (
        service.ask(Question(question.text, limit=LIMIT, filters=filters, scope=scope))
        for scope in (True, False)
    )
    return Asked(question, narrowed, plain)


def ndcg(questions: Sequence[EvaluationQuestion], answers: Sequence[Answer]) -> float:
    ranked = {
        str(at): rankings(replace(question, spans=()), answer.hits, {}, {})["documents"]
        for at, (question, answer) in enumerate(zip(questions, answers, strict=True))
    }
    return statistics.fmean(
        scores[MEASURE] for scores in ranking_scores("documents", ranked).values()
    )


def first_right(asked: Sequence[Asked], answers: Sequence[Answer]) -> str:
    right = [
        bool(answer.citations) and item.question.grades.get(answer.citations[0].document.id, 0) > 0
        for item, answer in zip(asked, answers, strict=True)
    ]
    return f"{statistics.fmean(right):.3f}" if right else "–"


def row(name: str, asked: Sequence[Asked]) -> str:
    questions = [item.question for item in asked]
    scoped = [item for item in asked if item.narrowed.scope]
    lifted = sum(not item.narrowed.scope.words for item in scoped if item.narrowed.scope)
    cells = [
        *(name, len(asked), len(scoped), lifted),
        f"{ndcg(questions, [item.plain for item in asked]):.4f}",
        f"{ndcg(questions, [item.narrowed for item in asked]):.4f}",
        first_right(scoped, [item.plain for item in scoped]),
        first_right(scoped, [item.narrowed for item in scoped]),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def measured(folder: Path, index_dir: Path, settings: Settings, limit: int | None) -> str:
    dataset = load_dataset(folder, settings)
    own = Settings(index_dir=index_dir / dataset.name, corpus_dir=settings.corpus_dir)
    embedder = open_embedder(settings)
    build_index(dataset.documents, own.index_dir, embedder, BuildOptions(keep_builds=1))
    questions = [question for question in dataset.questions if question.grades]
    if limit and limit < len(questions):
        questions = random.Random(SEED).sample(questions, limit)
    with closing(open_service(own)) as service:
        return row(dataset.name, [ask(service, question) for question in questions])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index_dir", type=Path)
    parser.add_argument("datasets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args(arguments)
    settings = Settings(corpus_dir=options.corpus)
    columns = ["set", "questions", "narrowed", "lifted", "nDCG@10 without", "with"]
    columns += ["first quote right without", "with"]
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for folder in options.datasets:
        print(measured(folder, options.index_dir, settings, options.limit), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
