"""What a calibration found, for reading in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MADE_NOTE = (
    "These figures hold for questions made of the documents, half of them mere keywords, and for "
    "no others: a person's questions are worded otherwise, and those without an answer may look "
    "more alike. So only the threshold was chosen, and confidence stays as it was. Thirty "
    "questions of your own say more: qa-service calibrate QUESTIONS.csv"
)
_KINDS = (
    ("made", "made of the documents"),
    ("own", "of your own, with an answer"),
    ("own_unanswerable", "of your own, without an answer"),
    ("swapped", "with one word swapped for another, so that they have no answer"),
    ("foreign", "of far-off subjects"),
)
_ROWS = (
    ("wrong among the answers given", "wrong_among_answers"),
    ("answerable questions answered", "coverage"),
    ("unanswerable questions answered", "false_answers"),
    ("expected calibration error", "calibration_error"),
)


def calibration_text(report: Mapping[str, Any]) -> str:
    """The questions asked, the figures before and after, the threshold and what it keeps to."""
    parts = [
        _questions(report),
        _table(report),
        _verdict(report),
        _choices(report),
        _notes(report),
    ]
    return "\n\n".join(filter(None, parts))


def _questions(report: Mapping[str, Any]) -> str:
    counts = report["questions"]
    lines = [f"{counts[name]:>5} {words}" for name, words in _KINDS if counts.get(name)]
    if left_out := counts["foreign_left_out"]:
        lines.append(f"{left_out:>5} far-off ones left out: one passage holds all their terms")
    return "\n".join(["Questions asked:", *lines])


def _table(report: Mapping[str, Any]) -> str:
    before, after, unseen = (report[name] for name in ("before", "after", "after_unseen"))
    head = f"{'':<32}{'before':>9}{'after':>9}{'unseen':>9}"
    rows = [
        f"{words:<32}{_figure(before[name])}{_figure(after[name])}{_figure(unseen[name])}"
        for words, name in _ROWS
    ]
    note = "unseen: each tenth of the questions decided by what the other nine say"
    return "\n".join([head, *rows, note])


def _verdict(report: Mapping[str, Any]) -> str:
    threshold = f"Answers are given from a confidence of {report['threshold']:.2f}"
    after = report["after"]
    counts = f"{after['wrong']} of {after['answered']} answers wrong"
    rate = f"{100 * report['error_rate']:.4g} %"
    bound = " (upper 95 % bound)" if report["bounded"] else ""
    method = _METHODS[report["method"]]
    if report["reached"]:
        return f"{threshold}: {counts}, within {rate}{bound}.\n{method}"
    return (
        f"An error rate of {rate}{bound} cannot be reached. {threshold}, where it is about as low "
        f"as it gets: {counts}.\n{method}"
    )


def _choices(report: Mapping[str, Any]) -> str:
    """What other error rates would come to: who accepts more errors gets more answers."""
    rows = [
        f"{100 * item['error_rate']:>9.4g} %{item['threshold']:>11.2f}"
        f"{_figure(item['coverage'])}{_figure(item['false_answers'])}"
        for item in report["choices"]
    ]
    if not rows:
        return ""
    head = f"{'error rate':<11}{'threshold':>11}{'answered':>9}{'falsely':>9}"
    note = "answered, falsely: share of answerable, and of unanswerable, questions answered"
    return "\n".join([head, *rows, note])


_METHODS = {
    "platt": "Calibrated by Platt's method.",
    "isotonic": "Calibrated by isotonic regression.",
    "unchanged": "Confidence is shown as before.",
}


def _notes(report: Mapping[str, Any]) -> str:
    notes = [MADE_NOTE] if "made" in report["questions"] else []
    if report["overruled"]:
        notes.append(
            f"minimum_confidence is set to {report['minimum_confidence']}: it goes on deciding in "
            "place of this threshold. Remove the setting to use the threshold."
        )
    return "\n".join(notes)


def _figure(value: float | None) -> str:
    return f"{'none':>9}" if value is None else f"{value:>9.3f}"
