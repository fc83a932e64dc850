"""The conversation before a question -> what it adds to both searches, and how strongly.

A question may go on with what was spoken of, or turn to something else. Both searches are
asked for the question and, more weakly, for the conversation; how strongly depends on what
the question finds by itself and on whether it finds it where the conversation was.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.ranking.fusion import scaled
from qa_service.answering.ranking.retrieval import Context, Query, QueryEncoder, Rows, Scores
from qa_service.indexing.engine.keyword import Weights, added, weighed
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Filters, Turn
from qa_service.stems import terms

MOST_CHARACTERS = 1_000
"""Of one message."""
FADING = 0.8
"""What a message weighs for every question asked after it …"""
FAINTEST = 0.3
"""… and the weight below which none is looked back upon: six questions and their answers are."""
KEYWORD_SCALE = 20.0
"""What the best passage's BM25 score for the conversation is set to, before its strength."""
KEYWORD_SHARE = 0.53
"""Of the strength, for BM25 scores; cosines have all of it."""
LEAST_STRENGTH = 0.4
"""Below it a question counts as standing alone."""
DOCUMENTS = 3
"""Those that the conversation is most about."""

# WEIGHTS by scripts/fit_follow_ups.py; the others chosen on written talks, so that what changes
# the subject still finds that.
MOST_STRENGTH = 2.0
INTERCEPT = 2.4
WEIGHTS = {"cosine": -3.1, "keyword": -2.5, "cosine_elsewhere": -2.3, "keyword_elsewhere": -3.2}


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before a question, as the indexes take it.

    `vector` has length 1; the best row's BM25 score for the stems in `keyword` is 1; `rows`
    are those of the documents it is most about, best document first in `document_ids`.
    """

    vector: Scores
    keyword: Weights
    document_ids: tuple[str, ...]
    rows: Rows


def conversation_of(
    opened: OpenedBuild, turns: Sequence[Turn], encoder: QueryEncoder
) -> Conversation | None:
    """What these messages are about, later ones above all; None where they say nothing."""
    said = [(weight, text) for weight, text in _weighed(turns) if terms(text)]
    if not said:
        return None
    vectors = [weight * encoder.encode_query(text) for weight, text in said]
    vector = np.stack(vectors).sum(axis=0)
    vector = np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
    keyword = _scaled(opened, added(*(weighed(terms(text), weight) for weight, text in said)))
    ids = _documents(opened, vector, keyword)
    rows = opened.store.rows_within(Filters(document_ids=ids))
    return Conversation(vector, keyword, ids, np.empty(0, np.int64) if rows is None else rows)


def strength(opened: OpenedBuild, query: Query, conversation: Conversation) -> float:
    """How much the conversation counts beside a question, 0 to MOST_STRENGTH."""
    logit = INTERCEPT
    for name, value in features(opened, query, conversation).items():
        logit += WEIGHTS[name] * value
    return MOST_STRENGTH / (1 + math.exp(-logit))


def features(opened: OpenedBuild, query: Query, conversation: Conversation) -> dict[str, float]:
    """What the strength rests on.

    The best cosine and BM25 score that the question finds by itself, and how much of either
    is lost within the documents that the conversation is about.
    """
    _, cosines = opened.nearest(query.vector, 1)
    words = weighed(query.words)
    _, keyword = opened.best_worded(words, 1)
    best_cosine, best_keyword = float(cosines.max(initial=0)), float(keyword.max(initial=0))
    near = np.asarray(opened.vectors.passages[conversation.rows] @ query.vector).max(initial=-1)
    near_keyword = opened.keyword.scores(words, conversation.rows).max(initial=0)
    return {
        "cosine": best_cosine,
        "keyword": min(best_keyword / KEYWORD_SCALE, 2.0),
        "cosine_elsewhere": best_cosine - float(near),
        "keyword_elsewhere": (best_keyword - float(near_keyword)) / KEYWORD_SCALE,
    }


def in_context(
    opened: OpenedBuild, query: Query, conversation: Conversation, typed: Query | None = None
) -> Query:
    """The question with what the conversation adds to both searches, if that is enough.

    How much that is, the words as `typed` decide where they were rewritten: what was put in
    for a follow-up says nothing of whether it is one.
    """
    weight = strength(opened, typed or query, conversation)
    return continued(query, conversation, weight) if weight >= LEAST_STRENGTH else query


def continued(query: Query, conversation: Conversation, weight: float) -> Query:
    """The question with the conversation added to both searches, so strongly."""
    vector = np.asarray(weight * conversation.vector, np.float32)
    keyword = _times(weight * KEYWORD_SHARE * KEYWORD_SCALE, conversation.keyword)
    return replace(query, context=Context(vector, keyword, conversation.document_ids[0]))


def _scaled(opened: OpenedBuild, weights: Weights) -> Weights:
    """The weights with which the best row's score is 1; none where no row has a score."""
    _, best = opened.best_worded(weights, 1)
    return _times(1 / best[0], weights) if len(best) else {}


def _times(factor: float, weights: Weights) -> Weights:
    return {word: factor * weight for word, weight in weights.items()}


def _weighed(turns: Sequence[Turn]) -> list[tuple[float, str]]:
    """The messages looked back upon, each with its weight, latest first."""
    weighed, weight = [], 1.0
    for turn in reversed(turns):
        if weight < FAINTEST:
            break
        weighed.append((weight, turn.text[:MOST_CHARACTERS]))
        if turn.role == "user":
            weight *= FADING
    return weighed


def _documents(opened: OpenedBuild, vector: Scores, keyword: Weights) -> tuple[str, ...]:
    """Ids of the documents that both searches find for the conversation, best first."""
    rows, _ = opened.nearest(vector, 100)
    rows = np.union1d(rows, opened.best_worded(keyword, 100)[0])
    cosines = np.asarray(opened.vectors.passages[rows] @ vector)
    scores = 0.6 * scaled(cosines) + 0.4 * opened.keyword.scores(keyword, rows)
    ranked: NDArray[np.int64] = rows[np.argsort(-scores, kind="stable")]
    found = dict.fromkeys(passage.document_id for passage in opened.store.passages(ranked[:50]))
    return tuple(found)[:DOCUMENTS]
