"""Verdicts: given, replaced, taken back, read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from qa_service.disk.kept_records import Records
from qa_service.errors import FeedbackNotFound
from qa_service.feedback.records import CitedQuote, Feedback, StoredFeedback
from qa_service.nouns.questions import NO_FILTERS, Filters, Turn
from qa_service.translation.catalogue import N_, _

KEPT_TURNS, MOST_TURN_CHARACTERS = 12, 1_000
_COLUMNS = (
    "id, stored, question, verdict, answered, citation, standalone_question, history, filters, "
    "reason, note"
)


class FeedbackStore:
    """The feedback on one index, for any number of threads and processes.

    Every method raises FeedbackError where the records cannot be used.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, feedback: Feedback, replaces: str | None = None) -> StoredFeedback:
        """Stores a verdict as the latest one, in the place of the one with the id `replaces`.

        Where that is gone, the verdict is stored by itself. Raises FeedbackFull.
        """
        stored = datetime.now(UTC).isoformat(timespec="seconds")
        made = StoredFeedback(uuid4().hex, stored, feedback)
        with self._records.writing() as connection:
            connection.execute("DELETE FROM feedback WHERE id = ?", (replaces,))
            marks = ", ".join("?" * len(_record(made)))
            connection.execute(f"INSERT INTO feedback ({_COLUMNS}) VALUES ({marks})", _record(made))
        return made

    def get(self, feedback_id: str) -> StoredFeedback:
        """One verdict. Raises FeedbackNotFound."""
        for record in self._rows("WHERE id = ?", feedback_id):
            return _stored(record)
        raise FeedbackNotFound(_(_NOT_STORED))

    def remove(self, feedback_id: str) -> None:
        """Takes a verdict back: nothing of it stays. Raises FeedbackNotFound."""
        self.get(feedback_id)
        with self._records.writing() as connection:
            connection.execute("DELETE FROM feedback WHERE id = ?", (feedback_id,))

    def read(self, since: date | None = None) -> tuple[StoredFeedback, ...]:
        """Every verdict, or those stored on that day (UTC) or later, the earliest first."""
        first_day = since.isoformat() if since else ""
        rows = self._rows("WHERE stored >= ? ORDER BY number", first_day)
        return tuple(_stored(record) for record in rows)

    def _rows(self, rest: str, *values: str) -> list[tuple[Any, ...]]:
        return self._records.rows(f"SELECT {_COLUMNS} FROM feedback {rest}", *values)


_NOT_STORED = N_("This feedback is not stored, or was taken back.")


def _record(stored: StoredFeedback) -> tuple[Any, ...]:
    feedback = stored.feedback
    return (
        stored.id,
        stored.stored,
        feedback.question,
        feedback.verdict,
        int(feedback.answered),
        _json(asdict(feedback.citation)) if feedback.citation else None,
        feedback.standalone_question,
        _json([asdict(turn) for turn in used_history(feedback.history)]),
        _json(asdict(feedback.filters)) if feedback.filters != NO_FILTERS else None,
        feedback.reason,
        feedback.note,
    )


def used_history(history: Sequence[Turn]) -> list[Turn]:
    """What of a conversation a question is understood by; the rest would only fill the file."""
    latest = history[-KEPT_TURNS:]
    return [replace(turn, text=turn.text[:MOST_TURN_CHARACTERS]) for turn in latest]


def _stored(record: tuple[Any, ...]) -> StoredFeedback:
    name, stored, question, verdict, answered, citation, standalone, *rest = record
    history, filters, reason, note = rest
    feedback = Feedback(
        question=question,
        verdict=verdict,
        answered=bool(answered),
        citation=CitedQuote(**json.loads(citation)) if citation else None,
        standalone_question=standalone,
        history=tuple(Turn(**turn) for turn in json.loads(history)),
        filters=_filters(json.loads(filters)) if filters else NO_FILTERS,
        reason=reason,
        note=note,
    )
    return StoredFeedback(name, stored, feedback)


def _filters(values: dict[str, Any]) -> Filters:
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Filters(**kept)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
