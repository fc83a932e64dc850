#!/usr/bin/env python3
"""Fits how strongly a conversation counts (answering/ranking/conversation_context.py).

    .venv/bin/python scripts/fit_follow_ups.py INDEX_DIR DATASET_DIR DATASET_DIR ...

Takes sets whose questions have a history. Each question is ranked with its conversation at
several strengths and, to see what a change of subject does, questions of each set once more
behind a conversation about other documents: those that open a conversation where the set has
enough, or any. The weights are those with the best mean nDCG@10 over all of these.

Prints the weights, fitted on all sets and on all but one, and for each set and its changed
subjects nDCG@10 at each strength, and at the strength that weights give: fitted on all, on
the other sets only, and those in use. Leave out sets whose history holds
the words of what must be found.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from qa_service.answering.conversation import RememberingEncoder
from qa_service.answering.ranking.conversation_context import (
    INTERCEPT,
    MOST_STRENGTH,
    WEIGHTS,
    continued,
    conversation_of,
    features,
)
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import make_query
from qa_service.config import Settings
from qa_service.evaluating.measures.ranking_measures import ranking_scores, rankings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Filters
from qa_service.understanding.kinds import expectation_of

MOST_QUESTIONS = 250
FEWEST_OPENING = 100
RANKED = 50
STRENGTHS = np.array((0.0, 0.2, 0.4, 0.6, 0.85, 1.2))
FINE = np.linspace(0, STRENGTHS[-1], 49)
BLUR = 0.08
"""Strengths so near count together, so that the mean is smooth in the weights."""
DECAY = 0.002


def main(arguments: list[str]) -> None:
    settings = Settings(index_dir=Path(arguments[0]))
    embedder = open_embedder(settings)
    samples = {}
    for folder in arguments[1:]:
        dataset = load_dataset(Path(folder), settings)
        index_dir = settings.index_dir / "evaluations" / dataset.name
        build_index(dataset.documents, index_dir, embedder, BuildOptions(keep_builds=1))
        opened, encoder = open_folder(current_build(index_dir)), RememberingEncoder(embedder)
        documents = {document.id: document for document in dataset.documents}
        for name, questions in kinds(dataset):
            asked = [sample(opened, q, documents, settings, encoder) for q in questions]
            samples[dataset.name, name] = tuple(map(np.array, zip(*asked, strict=True)))
        opened.close()
    report(samples)


def kinds(dataset):
    """Own follow-ups, and questions behind a conversation about other documents."""
    chance = random.Random(1)
    own = [question for question in dataset.questions if question.grades]
    following = [question for question in own if question.history]
    opening = [question for question in own if not question.history]
    turned = [
        replace(question, history=chance.choice(others).history)
        for question in (opening if len(opening) >= FEWEST_OPENING else following)
        if (others := [q for q in following if not q.grades.keys() & question.grades.keys()])
    ]
    for name, questions in (("follow-ups", following), ("subject changed", turned)):
        yield name, chance.sample(questions, min(MOST_QUESTIONS, len(questions)))


def sample(opened, question, documents, settings, encoder):
    """(features, nDCG@10 at each strength) of one question."""
    query = make_query(question.text, encoder, expectation_of(question.text))
    conversation = conversation_of(opened, question.history, encoder)
    if conversation is None:
        return (0.0,) * 4, (ndcg(opened, query, question, documents, settings),) * len(STRENGTHS)
    queries = [continued(query, conversation, strength) for strength in STRENGTHS]
    scores = [ndcg(opened, each, question, documents, settings) for each in queries]
    return tuple(features(opened, query, conversation).values()), scores


def ndcg(opened, query, question, documents, settings):
    filters = Filters(document_ids=question.document_ids)
    hits = rank(opened, query, RANKED, filters, settings)
    found = rankings(question, hits, documents, {})["documents"]
    return ranking_scores("documents", {"it": found})["it"]["ndcg_at_10"]


def strengths(weights, values):
    return MOST_STRENGTH / (1 + np.exp(-(values @ weights[1:] + weights[0])))


def reached(part, weights):
    """Mean nDCG@10 at the strengths that the weights give."""
    values, scores = part
    given = strengths(weights, values)
    return np.mean([np.interp(s, STRENGTHS, row) for s, row in zip(given, scores, strict=True)])


def fit(parts):
    """Weights, the intercept first; each part counts the same."""
    joined = np.concatenate([values for values, _ in parts])
    middle, spread = joined.mean(0), joined.std(0)
    fine = [np.array([np.interp(FINE, STRENGTHS, row) for row in scores]) for _, scores in parts]

    def plain(scaled):
        return np.r_[scaled[0] - (scaled[1:] / spread) @ middle, scaled[1:] / spread]

    def loss(scaled):
        total = 0.0
        for (values, _), scores in zip(parts, fine, strict=True):
            away = (strengths(plain(scaled), values)[:, None] - FINE) / BLUR
            shares = np.exp(-(away**2) / 2)
            shares /= shares.sum(1, keepdims=True)
            total += float((shares * scores).sum(1).mean())
        return DECAY * (scaled[1:] ** 2).sum() - total / len(parts)

    starts = [np.r_[-0.5, np.random.default_rng(seed).normal(0, 0.3, 4)] for seed in range(3)]
    found = min((minimize(loss, start, method="L-BFGS-B") for start in starts), key=lambda r: r.fun)
    return plain(found.x)


def report(samples) -> None:
    weights = fit(list(samples.values()))
    print("intercept and weights, fitted on all:", np.round(weights, 2))
    for (dataset, name), part in samples.items():
        others = [other for (of, _), other in samples.items() if of != dataset]
        held_out = fit(others) if others else weights
        print(f"{dataset}, {name} ({len(part[0])}); fitted on the others:", np.round(held_out, 2))
        means = zip(STRENGTHS, part[1].mean(0), strict=True)
        print("  at strengths", *(f"{strength}: {mean:.3f}" for strength, mean in means))
        in_use = np.array((INTERCEPT, *WEIGHTS.values()))
        given = [f"{reached(part, each):.3f}" for each in (weights, held_out, in_use)]
        print("  with weights fitted on all {}, on the others {}, in use {}".format(*given))


if __name__ == "__main__":
    main(sys.argv[1:])
