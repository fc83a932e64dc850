"""The answer that quotes nothing, and what it says in place of a quote."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.spelling import NOT_ENGLISH_HINT, is_foreign
from qa_service.answering.stopwatch import Stopwatch
from qa_service.nouns.answers import Answer
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question
from qa_service.nouns.results import Hit, IndexInfo, Reason
from qa_service.translation.catalogue import N_, _, date_words

NO_EVIDENCE_HINT = N_("Other words, or a more exact question, may find more.")
NOT_COUNTED_HINT = N_(
    "No sentence says this, and nothing is counted or ranked here. The passages that were "
    "found may hold what to count."
)
NOTHING_ALLOWED_HINT = N_("No document passes these filters; take one of them away.")
MOST_DATED = 3


def decline(
    question: Question,
    reason: Reason,
    hint: str,
    hits: Sequence[Hit],
    index: IndexInfo,
    watch: Stopwatch,
    best_confidence: float = 0.0,
) -> Answer:
    """An answer that quotes nothing and says why."""
    return Answer(
        kind="small_talk" if reason == "small_talk" else "declined",
        question=question.text,
        standalone_question=question.text,
        confidence=best_confidence,
        reason=reason,
        quotes=(),
        citations=(),
        hits=tuple(hits),
        index=index,
        took_ms=watch.elapsed_ms,
        stages=watch.stages,
        hint=hint,
    )


def hint_without_answer(parsed: ParsedQuestion, hits: Sequence[Hit]) -> str:
    """What to try, or why there is no answer: in another language, to be counted, not allowed."""
    if is_foreign(parsed.text):
        return _(NOT_ENGLISH_HINT)
    if not hits:
        return _(NOTHING_ALLOWED_HINT)
    dates = _dates(hits) if parsed.of_publication else ""
    if dates:
        return _(
            "No passage says when this was published. What was found is dated: %(dates)s.",
            dates=dates,
        )
    return _(NOT_COUNTED_HINT if parsed.expectation.count else NO_EVIDENCE_HINT)


def _dates(hits: Sequence[Hit]) -> str:
    """The documents of the best hits, each with its date."""
    found = {hit.document.id: hit.document for hit in hits if hit.document.date}
    said = (f"“{item.title}”, {date_words(item.date)}" for item in found.values() if item.date)
    return "; ".join(list(said)[:MOST_DATED])
