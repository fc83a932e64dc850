"""What each figure is called for a reader, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.evaluating.measures.ranking_measures import LEVELS


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """A figure's name in a table and a sentence on what it measures."""

    label: str
    meaning: str


_RANKING = {
    "ndcg_at_10": ("nDCG@10", "how high the right {units} stand among the first ten"),
    "recall_at_1": ("Recall@1", "share of the right {units} that stand first"),
    "recall_at_5": ("Recall@5", "share of the right {units} among the first five"),
    "recall_at_10": ("Recall@10", "share of the right {units} among the first ten"),
    "mrr_at_10": ("MRR@10", "one divided by the rank of the first of the right {units}"),
}
_QUOTES = {
    "answered": ("Answered", "share of answerable questions that were answered"),
    "first_quote_right": (
        "First quote right",
        "share of answerable questions whose first quote holds the expected words or, where "
        "none are given, is of an expected document",
    ),
    "span_in_first_quote": (
        "Expected words in first quote",
        "share of questions with expected words whose first quote holds them whole",
    ),
    "span_overlaps_first_quote": (
        "Part of the expected words in first quote",
        "the same, where the first quote holds at least a part of them",
    ),
    "quote_f1": ("Token F1 of the first quote", "overlap of its words with the expected ones"),
    "quote_exact_match": ("Exact match of the first quote", "share that are the expected words"),
    "words_marked": ("Words marked", "share of questions whose first quote has exact words marked"),
    "words_f1": ("Token F1 of the marked words", "over all; 0 where none are marked"),
    "words_exact_match": ("Exact match of the marked words", "over all; 0 where none are marked"),
    "marked_words_f1": ("Token F1 where words are marked", "over the questions with marked words"),
    "marked_words_exact_match": (
        "Exact match where words are marked",
        "over the questions with marked words",
    ),
}
_DECLINING = {
    "false_answers": (
        "False answers",
        "share of questions not in the documents that were answered",
    ),
    "false_answers_at_80_percent": (
        "False answers at 80 % coverage",
        "where the threshold lets 80 % of the answerable questions pass",
    ),
    "false_answers_at_90_percent": (
        "False answers at 90 % coverage",
        "where the threshold lets 90 % of the answerable questions pass",
    ),
    "auroc_unanswerable": (
        "AUROC of answerable against not",
        "chance that an answerable question has the higher confidence",
    ),
    "foreign_answered": ("Foreign answered", "share of another set's questions that were answered"),
    "auroc_foreign": (
        "AUROC of own against foreign",
        "chance that one of the set's own questions has the higher confidence",
    ),
}
_CALIBRATION = {
    "calibration_error_answered": (
        "Expected calibration error of answers given",
        "mean gap between confidence and share right, in tenths of confidence",
    ),
    "calibration_error_all": (
        "Expected calibration error of all questions",
        "withheld answers judged as if they had been given",
    ),
}


def _ranking(level: str) -> dict[str, FigureLabel]:
    prefix = LEVELS[level]
    suffix = "" if level == "documents" else f" of {level}"
    return {
        prefix + name: FigureLabel(label + suffix, meaning.format(units=level))
        for name, (label, meaning) in _RANKING.items()
    }


def _labels(section: dict[str, tuple[str, str]]) -> dict[str, FigureLabel]:
    return {name: FigureLabel(*texts) for name, texts in section.items()}


SECTIONS: dict[str, dict[str, FigureLabel]] = {
    "Finding the document": _ranking("documents"),
    "Finding the page": _ranking("pages"),
    "Finding the passage": _ranking("passages"),
    "Quoting the answer": _labels(_QUOTES),
    "Declining to answer": _labels(_DECLINING),
    "Confidence": _labels(_CALIBRATION),
}
LABELS = {name: label for section in SECTIONS.values() for name, label in section.items()}


def label_of(name: str) -> str:
    """A figure's name for a reader; the name itself where none is known."""
    return LABELS[name].label if name in LABELS else name
