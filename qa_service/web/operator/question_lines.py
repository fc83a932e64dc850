"""Questions that were asked, as lines of the file that `evaluate` reads, to be completed."""

from __future__ import annotations

from qa_service.evaluating.questions.question_file import QuestionLine
from qa_service.feedback.questions import AskedQuestion


def question_line(asked: AskedQuestion) -> QuestionLine:
    """The question, expecting nothing yet; the note says how it went."""
    counts = (
        ("asked", asked.times),
        ("unanswered", asked.unanswered),
        ("marked right", asked.up),
        ("marked wrong", asked.down),
    )
    said = [f"{words} {number}×" for words, number in counts if number]
    return QuestionLine(
        asked.text, note="; ".join([*said, f"last on {asked.last[:10]}", *asked.notes])
    )
