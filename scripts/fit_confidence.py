#!/usr/bin/env python3
"""Fits the numbers of qa_service/answering/confidence.py on question sets.

    .venv/bin/python scripts/fit_confidence.py INDEX_DIR DATASET_DIR DATASET_DIR ...

Every set is asked some of its own questions (right where the best evidence stands in a
relevant document; never right for those its corpus does not answer) and some of the other
sets' questions (never right). Prints the coefficients of a logistic regression, both
classes weighed alike, and for each set, fitted on the others only, how well own and
foreign questions part.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from qa_service.answering.evidence import find_evidence
from qa_service.answering.ranking import rank
from qa_service.answering.retrieval import make_query
from qa_service.config import Settings
from qa_service.evaluating.datasets import load_dataset
from qa_service.indexing.build import build_index
from qa_service.indexing.embedding import SentenceTransformerEmbedder
from qa_service.indexing.manifest import current_build
from qa_service.indexing.opened import OpenedBuild
from qa_service.schema import NO_FILTERS

OWN_QUESTIONS, FOREIGN_QUESTIONS = 400, 80


def main(arguments: list[str]) -> None:
    settings = Settings(index_dir=Path(arguments[0]))
    embedder = SentenceTransformerEmbedder()
    sets = [load_dataset(Path(folder), settings) for folder in arguments[1:]]
    samples = {}
    for dataset in sets:
        index_dir = settings.index_dir / "evaluations" / dataset.name
        build_index(dataset.documents, index_dir, embedder, keep_builds=1)
        others = [other for other in sets if other is not dataset]
        samples[dataset.name] = sample(dataset, others, index_dir, settings, embedder)
    report(samples)


def sample(dataset, others, index_dir, settings, embedder):
    """(features, right, own) of the questions asked of one set, as three arrays."""
    generator = random.Random(1)
    own = dataset.questions
    asked = [(q, True) for q in generator.sample(own, min(OWN_QUESTIONS, len(own)))]
    for other in others:
        foreign = generator.sample(other.questions, min(FOREIGN_QUESTIONS, len(other.questions)))
        asked += [(replace(question, grades={}), False) for question in foreign]
    opened = OpenedBuild(current_build(index_dir))
    rows = [features(opened, question, settings, embedder) for question, _ in asked]
    opened.close()
    found = np.array([row[:3] for row in rows])
    paired = zip(asked, rows, strict=True)
    right = np.array([question.grades.get(row[3], 0) > 0 for (question, _), row in paired])
    return found, right, np.array([is_own for _, is_own in asked])


def features(opened, question, settings, embedder):
    """Coverage, cosine, absent names and document id of the best evidence for a question."""
    query = make_query(question.text, embedder)
    evidence = find_evidence(opened, query, rank(opened, query, 10, NO_FILTERS, settings))
    best = evidence[0]
    return best.coverage, best.cosine, float(best.names_absent), best.hit.document.id


def fit(parts):
    """A balanced logistic regression over several sets' samples."""
    model = LogisticRegression(C=10, class_weight="balanced")
    return model.fit(np.vstack([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))


def report(samples) -> None:
    model = fit(samples.values())
    (coverage, cosine, names), intercept = model.coef_[0], model.intercept_[0]
    print(
        f"coverage {coverage:.2f}, cosine {cosine:.2f}, absent names {names:.2f}, "
        f"intercept {intercept:.2f}"
    )
    for name, (found, right, own) in samples.items():
        rest = fit([part for other, part in samples.items() if other != name])
        chance = rest.predict_proba(found)[:, 1]
        answered = chance >= 0.5
        print(
            f"{name}: own against foreign AUROC {roc_auc_score(own, chance):.3f}; answered: "
            f"own {answered[own].mean():.3f} (right {right[own & answered].mean():.3f}), "
            f"foreign {answered[~own].mean():.3f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
