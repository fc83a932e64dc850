"""Reranking: what each signal prefers by itself, and what it leaves as it was."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from fakes import make_document, make_query
from made_texts import prose

from qa_service.answering.ranking import reranking
from qa_service.answering.ranking.fusion import FUSIONS
from qa_service.answering.ranking.reranking import rerank
from qa_service.answering.ranking.retrieval import retrieve
from qa_service.config import Settings
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Filters

SIGNALS = (
    *("sentence_weight", "phrase_weight", "name_weight", "neighbour_weight"),
    "pseudo_feedback_weight",
)
QUESTION = "What did inspectors say of quality assurance at the Harbour school?"
DOCUMENTS = [make_document(prose(70, seed), f"prose-{seed}") for seed in range(12)]


@pytest.fixture
def reranked(opened_with) -> Callable[..., dict[str, float]]:
    """New scores by document, in the order given; all fused scores are 0.5 unless told."""

    def order(
        question: str, *documents: Document, fused: list[float] | None = None, **settings
    ) -> dict[str, float]:
        opened = opened_with(*documents)
        query = make_query(question)
        candidates = retrieve(opened, query, len(documents))
        scores = np.array(fused or [0.5] * len(documents), np.float32)
        new = rerank(opened, query, candidates, scores, Settings(**settings))
        ids = [passage.document_id for passage in opened.store.passages(candidates.rows)]
        assert ids == [document.id for document in documents]
        return dict(zip(ids, map(float, new), strict=True))

    return order


def only(signal: str) -> dict[str, float]:
    """Settings that leave one signal its weight and take it from the others."""
    assert getattr(Settings(), signal) > 0
    return dict.fromkeys({*SIGNALS} - {signal}, 0.0)


def first(scores: dict[str, float]) -> str:
    """The one document with the highest score."""
    best, second, *_ = sorted(scores, key=lambda name: -scores[name])
    assert scores[best] > scores[second] + 0.01
    return best


@pytest.mark.parametrize("cosine_share", [0, 1])
def test_one_sentence_about_it_all_beats_words_here_and_there(
    reranked, monkeypatch, cosine_share
) -> None:
    monkeypatch.setattr(reranking, "COSINE_SHARE", cosine_share)
    spread = make_document(
        "The harbour was calm all day. Some records were kept. A school stood far away.", "spread"
    )
    together = make_document(
        "The harbour school kept records. Some day was calm. All stood far away.", "together"
    )
    scores = reranked("harbour school records", spread, together, **only("sentence_weight"))
    assert first(scores) == "together"


def test_the_words_of_a_sentence_count_beside_its_nearness(reranked, monkeypatch) -> None:
    monkeypatch.setattr(reranking, "COSINE_SHARE", 0)
    more = make_document("Harbour school boats and many old things that lie about there.", "more")
    less = make_document("Harbour boats and many old things that lie about there now.", "less")
    documents = (less, more, DOCUMENTS[0])
    assert first(reranked("harbour school boats", *documents, **only("sentence_weight"))) == "more"


def test_words_side_by_side_beat_the_same_words_apart(reranked) -> None:
    apart = make_document("Assurance was given that the quality of meals was good.", "apart")
    beside = make_document("Meals were good and given with quality assurance.", "beside")
    assert (
        first(reranked("quality assurance of meals", apart, beside, **only("phrase_weight")))
        == "beside"
    )


def test_a_name_in_the_question_prefers_what_holds_it(reranked) -> None:
    other = make_document("The school in Borders has three boats.", "other")
    named = make_document("The school in Orkney has three boats.", "named")
    scores = reranked("Has the school in Orkney boats?", other, named, **only("name_weight"))
    assert first(scores) == "named"


def test_a_name_counts_in_title_and_headings_too(reranked) -> None:
    text = "Schools\n\nThe school has three boats."
    plain = make_document(text, "plain", headings=[(1, "Schools")])
    titled = make_document(text, "titled", title="Orkney", headings=[(1, "Schools")])
    headed = make_document(text.replace("Schools", "Orkney"), "headed", headings=[(1, "Orkney")])
    documents = (plain, titled, headed)
    scores = reranked("Has the school in Orkney boats?", *documents, **only("name_weight"))
    assert scores["titled"] == pytest.approx(scores["headed"])
    assert scores["titled"] > scores["plain"]


def test_a_passage_like_good_ones_beats_one_like_bad_ones(reranked, monkeypatch) -> None:
    monkeypatch.setattr(reranking, "NEIGHBOURS", 1)
    good = make_document("Pupils sail boats in the harbour every week.", "good")
    bad = make_document("The library lends twelve books for a month.", "bad")
    like_bad = make_document("The library lends old books for a year.", "like-bad")
    like_good = make_document("Pupils sail old boats in the harbour.", "like-good")
    documents, fused = (good, bad, like_bad, like_good), [1.0, 0.0, 0.5, 0.5]
    scores = reranked("?", *documents, fused=fused, **only("neighbour_weight"))
    assert scores["like-good"] > scores["like-bad"] + 0.01


def test_a_passage_like_the_best_one_beats_another(reranked, monkeypatch) -> None:
    monkeypatch.setattr(reranking, "TAKEN_AS_RELEVANT", 1)
    best = make_document("Pupils sail boats in the harbour every week.", "best")
    unlike = make_document("The library lends old books for a year.", "unlike")
    like = make_document("Pupils sail old boats in the harbour.", "like")
    documents, fused = (best, unlike, like), [1.0, 0.3, 0.3]
    scores = reranked("?", *documents, fused=fused, **only("pseudo_feedback_weight"))
    assert scores["like"] > scores["unlike"] + 0.01


@pytest.mark.parametrize("signal", SIGNALS)
def test_no_signal_gives_one_of_two_like_passages_more(reranked, signal) -> None:
    twins = [make_document(DOCUMENTS[0].text, name, title="Twin") for name in ("a", "b")]
    scores = reranked(QUESTION, *twins, DOCUMENTS[1], **only(signal))
    assert scores["a"] == pytest.approx(scores["b"])


@pytest.mark.parametrize("fused", [[1.0] * 12, [0.0] * 12, [at / 11 for at in range(12)]])
def test_scores_stay_between_0_and_1(reranked, fused) -> None:
    scores = reranked(QUESTION, *DOCUMENTS, fused=fused)
    assert all(0 <= score <= 1 for score in scores.values())


def test_a_passage_that_has_it_all_scores_1(reranked) -> None:
    best = make_document("Quality assurance.", "best")
    scores = reranked("quality assurance", best, fused=[1.0], **only("phrase_weight"))
    assert scores["best"] == pytest.approx(1)


def test_with_all_signals_at_0_the_fused_scores_stay(reranked) -> None:
    fused = [at / 11 for at in range(12)]
    scores = reranked(QUESTION, *DOCUMENTS, fused=fused, **dict.fromkeys(SIGNALS, 0.0))
    assert list(scores.values()) == pytest.approx(fused)


def test_only_the_best_are_reordered_and_stay_above_the_others(reranked) -> None:
    fused = [0.9 - 0.05 * at for at in range(12)]
    settings = {"rerank_depth": 4, "pseudo_feedback_weight": 0.0}
    scores = list(reranked(QUESTION, *DOCUMENTS, fused=fused, **settings).values())
    assert scores[:4] != sorted(scores[:4], reverse=True)
    assert scores[4:] == sorted(scores[4:], reverse=True)
    assert min(scores[:4]) >= max(scores[4:])


def test_the_best_are_those_of_the_highest_score_wherever_they_stand(reranked) -> None:
    fused = [0.2, 0.9, 0.3, 0.8]
    settings = {"rerank_depth": 2, "pseudo_feedback_weight": 0.0}
    alone = reranked(QUESTION, *DOCUMENTS[:4], fused=fused, **settings)
    names = list(alone)
    share = alone[names[0]] / 0.2
    assert alone[names[2]] == pytest.approx(share * 0.3)
    assert min(alone[names[1]] / 0.9, alone[names[3]] / 0.8) > share


def test_one_candidate_is_scored_too(reranked) -> None:
    (score,) = reranked(QUESTION, DOCUMENTS[0]).values()
    assert 0 <= score <= 1


def test_no_candidates_have_no_scores(opened_with, reports) -> None:
    opened, query = opened_with(*reports), make_query(QUESTION)
    none = retrieve(opened, query, 12, Filters(document_ids=("none",)))
    assert len(rerank(opened, query, none, np.zeros(0, np.float32), Settings())) == 0


def test_a_question_without_words_or_names_changes_no_order(reranked) -> None:
    scores = reranked("...", *DOCUMENTS[:3], fused=[0.9, 0.5, 0.1])
    assert all(0 <= score <= 1 for score in scores.values())
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


@pytest.mark.parametrize("fusion", FUSIONS)
def test_switched_off_the_fused_scores_stay(ranked, opened_with, fusion) -> None:
    hits = ranked(QUESTION, *DOCUMENTS, limit=12, rerank=False, fusion=fusion)
    candidates = retrieve(opened_with(*DOCUMENTS), make_query(QUESTION), 100)
    fused = dict(zip(candidates.rows, FUSIONS[fusion](candidates, 0.4), strict=True))
    assert [hit.score for hit in hits] == pytest.approx(sorted(fused.values(), reverse=True))
    assert [fused[hit.passage.row] for hit in hits] == pytest.approx([hit.score for hit in hits])


def test_switched_on_ranking_takes_the_new_scores(ranked, opened_with) -> None:
    hits = ranked(QUESTION, *DOCUMENTS, limit=12, candidates=12)
    opened, query = opened_with(*DOCUMENTS), make_query(QUESTION)
    candidates = retrieve(opened, query, 12)
    fused = FUSIONS["weighted_sum"](candidates, 0.4)
    new = rerank(opened, query, candidates, fused, Settings())
    assert [hit.score for hit in hits] == pytest.approx(sorted(map(float, new), reverse=True))


def test_a_filter_that_leaves_nothing_is_no_error(ranked, reports) -> None:
    assert ranked(QUESTION, *reports, filters=Filters(document_ids=("nobody",))) == []
