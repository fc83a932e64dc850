"""Questions that were asked, where the operator has them recorded. Nothing says who asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from qa_service.disk.kept_records import Records
from qa_service.errors import FeedbackFull
from qa_service.feedback.store import FeedbackStore

MOST_RECORDED = 10_000
"""Questions kept; the earliest make way."""
_MOST_REMOVED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question, however often and in whatever case it was asked.

    `text` is as it was typed, `understood` how a follow-up was, else empty. `unanswered` counts
    how often nothing was quoted for it, `up` and `down` the verdicts; `last` is when it was asked
    or judged last (UTC, ISO 8601), `notes` what people added.
    """

    text: str
    times: int
    unanswered: int
    up: int
    down: int
    last: str
    notes: tuple[str, ...] = ()
    understood: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it: nothing was found, or what was found is wrong."""
        return self.unanswered > 0 or self.down > 0


class QuestionLog:
    """The questions asked of one index, beside the verdicts on their answers."""

    def __init__(self, records: Records, verdicts: FeedbackStore) -> None:
        self._records = records
        self._verdicts = verdicts

    def record(
        self,
        question: str,
        answered: bool,
        limited: bool,
        confidence: float,
        understood: str = "",
    ) -> None:
        """Keeps a question as the latest: as typed, and how a follow-up was understood. Where there
        is no room the earliest make way."""
        values = (question, int(answered), int(limited), confidence, understood)
        try:
            self._insert(*values)
        except FeedbackFull:
            self._remove_earliest(_MOST_REMOVED_AT_ONCE)
            self._insert(*values)

    def count(self) -> int:
        """How many are recorded."""
        rows = self._records.rows("SELECT count(*) FROM questions")
        return int(rows[0][0]) if rows else 0

    def forget(self, question: str | None = None) -> int:
        """Removes every record of a question, in whatever case and spacing it was asked, or all
        of them; how many there were.

        Verdicts stay: those who gave them can take them back.
        """
        if question is None:
            return self._remove("DELETE FROM questions", [()])
        rows = self._records.rows("SELECT DISTINCT question FROM questions")
        same = [(text,) for (text,) in rows if _key(text) == _key(question)]
        return self._remove("DELETE FROM questions WHERE question = ?", same)

    def asked(self) -> tuple[AskedQuestion, ...]:
        """Questions recorded or judged, open ones first, of these the most frequent."""
        found: dict[tuple[str, str], AskedQuestion] = {}
        for item in [*self._recorded(), *self._judged()]:
            key = _key(item.text), _key(item.understood)
            found[key] = _joined(found[key], item) if key in found else item
        latest_first = sorted(found.values(), key=lambda item: item.last, reverse=True)
        return tuple(sorted(latest_first, key=_urgency))

    def _recorded(self) -> Iterable[AskedQuestion]:
        rows = self._records.rows(
            "SELECT question, understood, count(*), "
            "CAST(sum(CASE WHEN answered + limited = 0 THEN 1 ELSE 0 END) AS integer), max(asked) "
            "FROM questions GROUP BY question, understood ORDER BY min(number)"
        )
        found: dict[tuple[str, str], AskedQuestion] = {}
        for text, understood, times, unanswered, last in rows:
            before = found.get((_key(text), _key(understood)), AskedQuestion(text, 0, 0, 0, 0, ""))
            found[_key(text), _key(understood)] = AskedQuestion(
                *(before.text, before.times + times, before.unanswered + unanswered, 0, 0),
                max(before.last, last),
                understood=understood,
            )
        return found.values()

    def _judged(self) -> Iterable[AskedQuestion]:
        for stored in self._verdicts.read():
            given = stored.feedback
            up, notes = int(given.verdict == "up"), (given.note,) if given.note else ()
            refused = int(not given.answered and not up)
            understood = given.standalone_question if given.history else ""
            yield AskedQuestion(
                given.question, 0, refused, up, 1 - up, stored.stored, notes, understood
            )

    def _insert(
        self, question: str, answered: int, limited: int, confidence: float, understood: str
    ) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._records.writing() as connection:
            connection.execute(
                "INSERT INTO questions "
                "(asked, question, answered, limited, confidence, understood) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (now, question, answered, limited, confidence, understood),
            )
            connection.execute(
                "DELETE FROM questions WHERE number <= (SELECT max(number) FROM questions) - ?",
                (MOST_RECORDED,),
            )

    def _remove(self, statement: str, values: Iterable[tuple[str, ...]]) -> int:
        with self._records.writing() as connection:
            return sum(int(connection.execute(statement, value).rowcount) for value in values)

    def _remove_earliest(self, number: int) -> int:
        with self._records.writing() as connection:
            statement = (
                "DELETE FROM questions WHERE number IN "
                "(SELECT number FROM questions ORDER BY number LIMIT ?)"
            )
            return int(connection.execute(statement, (number,)).rowcount)


def _key(question: str) -> str:
    """What two ways of typing one question have in common."""
    return " ".join(question.casefold().split())


def _joined(first: AskedQuestion, second: AskedQuestion) -> AskedQuestion:
    """One question of two; a verdict is on an answer that may be recorded already."""
    return AskedQuestion(
        first.text,
        first.times + second.times,
        max(first.unanswered, second.unanswered),
        first.up + second.up,
        first.down + second.down,
        max(first.last, second.last),
        first.notes + second.notes,
        first.understood,
    )


def _urgency(item: AskedQuestion) -> tuple[bool, int]:
    return (not item.is_open, -(item.unanswered + item.down))
