#!/usr/bin/env python3
"""Fits the numbers of qa_service/answering/evidence/confidence.py on question sets.

    .venv/bin/python scripts/fit_confidence.py INDEX_DIR DATASET_DIR DATASET_DIR ...

Every set is asked some of its own questions and some of the other sets' questions. An
answer is right where the best place holds an answer span whole or lies within it, or, in a
set without spans, stands in a relevant document; never for foreign questions and those
without an answer. Follow-ups are left out, for few of them can be understood alone, unless
a set has little else.

Prints the coefficients of a logistic regression with the reader and without, each set
weighing the same, and for each set, fitted on the others only and on all: how well own and
foreign questions part (AUROC), own answerable and unanswerable ones, and, at some
thresholds, the share of answerable questions answered / of those right / of foreign ones
answered / of unanswerable ones answered. Take sets that the reader was not trained on:
scripts/train/held_out_set.py makes one.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from qa_service.answering.evidence.candidates import find_evidence
from qa_service.answering.evidence.reader_opening import open_reader
from qa_service.answering.evidence.reviewing import review
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import make_query
from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Filters

OWN_QUESTIONS, FOREIGN_QUESTIONS = 400, 50
FEWEST_ALONE = 100
OWN_SHARE = 0.8
"""Of the weight of a set, the rest falls on its foreign questions."""
EVIDENCE_HITS = 10
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def main(arguments: list[str]) -> None:
    settings = Settings(index_dir=Path(arguments[0]))
    embedder = open_embedder(settings)
    sets = [load_dataset(Path(folder), settings) for folder in arguments[1:]]
    for reader, name in ((open_reader(settings), "WITH_READER"), (None, "WITHOUT_READER")):
        samples = {}
        for dataset in sets:
            index_dir = settings.index_dir / "evaluations" / dataset.name
            build_index(dataset.documents, index_dir, embedder, keep_builds=1)
            opened = OpenedBuild(current_build(index_dir))
            questions = own_questions(dataset) + foreign_questions(dataset, sets)
            asked = [sample(opened, q, own, settings, embedder, reader) for q, own in questions]
            opened.close()
            samples[dataset.name] = tuple(map(np.array, zip(*asked, strict=True)))
        report(name, samples)


def own_questions(dataset):
    alone = [question for question in dataset.questions if not question.history]
    questions = alone if len(alone) >= FEWEST_ALONE else dataset.questions
    chosen = random.Random(1).sample(questions, min(OWN_QUESTIONS, len(questions)))
    return [(question, True) for question in chosen]


def foreign_questions(dataset, sets):
    chosen = []
    for other in sets:
        if other is not dataset:
            count = min(FOREIGN_QUESTIONS, len(other.questions))
            chosen += random.Random(1).sample(other.questions, count)
    return [(replace(question, grades={}, spans=(), document_ids=()), False) for question in chosen]


def sample(opened, question, own, settings, embedder, reader):
    """(features, right, own, answerable) of one question asked of one set."""
    query = make_query(question.text, embedder)
    filters = Filters(document_ids=question.document_ids)
    evidence = find_evidence(opened, query, rank(opened, query, EVIDENCE_HITS, filters, settings))
    if reader:
        evidence = review(reader, question.text, evidence, settings.reader_places)
    best = evidence[0]
    features = (best.cosine, best.fit, best.relevance or 0.0)
    return features, is_right(best, question), own, own and bool(question.grades)


def is_right(best, question):
    """Whether a place holds an answer span whole, or lies within a longer one."""
    if not question.spans:
        return question.grades.get(best.hit.document.id, 0) > 0
    places = [(s.start, s.end) for s in question.spans if s.document_id == best.hit.document.id]
    return any(
        best.start <= start <= end <= best.end or start <= best.start <= best.end <= end
        for start, end in places
    )


def fit(parts):
    """A logistic regression over several sets' samples, each set weighing the same."""
    weights = []
    for _, _, own, _ in parts:
        weights.append(np.where(own, OWN_SHARE / own.sum(), (1 - OWN_SHARE) / (~own).sum()))
    joined = np.concatenate(weights)
    features, right = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    model = LogisticRegression(C=100, max_iter=5000)
    return model.fit(features, right, sample_weight=joined / joined.mean())


def report(name, samples) -> None:
    model = fit(list(samples.values()))
    weights = dict(zip(("cosine", "fit", "relevance"), model.coef_[0], strict=True))
    weights["intercept"] = model.intercept_[0]
    print(name, {key: round(float(value), 2) for key, value in weights.items()})
    for held_out, part in samples.items():
        rest = fit([other for key, other in samples.items() if key != held_out])
        print(f"  {held_out}: {figures(part, rest.predict_proba(part[0])[:, 1])}")
        print(f"    fitted on all: {figures(part, model.predict_proba(part[0])[:, 1])}")


def figures(part, chance):
    _, right, own, answerable = part
    unanswerable = own & ~answerable
    shown = [f"own against foreign {auroc(answerable, ~own, chance):.3f}"]
    if unanswerable.any():
        shown.append(f"against unanswerable {auroc(answerable, unanswerable, chance):.3f}")
    shown.append(f"mean {chance[own].mean():.2f} right {right[own].mean():.2f}")
    for least in THRESHOLDS:
        answered = chance >= least
        shares = [answered[answerable].mean(), right[answered & answerable].mean()]
        shares += [answered[~own].mean()]
        shares += [answered[unanswerable].mean()] if unanswerable.any() else []
        shown.append(f"{least}: " + "/".join(f"{share:.2f}" for share in shares))
    return "; ".join(shown)


def auroc(positive, negative, chance):
    among = positive | negative
    return roc_auc_score(positive[among], chance[among])


if __name__ == "__main__":
    main(sys.argv[1:])
