"""How well the words that were quoted, and those marked within them, are the answer.

Token F1 and exact match are those of SQuAD (Rajpurkar et al. 2016, section 6.1): texts are
compared in lower case without punctuation and the articles a, an, the; the best of a
question's answers counts.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence

from qa_service.evaluating.questions.datasets import EvaluationQuestion
from qa_service.nouns.answers import Answer, Citation
from qa_service.nouns.documents import Document

_PUNCTUATION = str.maketrans("", "", string.punctuation + "‘’“”–—…")
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def answer_tokens(text: str) -> list[str]:
    """The words of a text as SQuAD compares them."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def token_f1(said: str, answers: Sequence[str]) -> float:
    """Harmonic mean of the precision and recall of words, for the best of the answers.

    Where either has no words at all it is 1 if both have none, otherwise 0.
    """
    tokens = answer_tokens(said)
    return max((_f1(tokens, answer_tokens(answer)) for answer in answers), default=0.0)


def exact_match(said: str, answers: Sequence[str]) -> float:
    """1 where the words are those of one of the answers, otherwise 0."""
    tokens = answer_tokens(said)
    return float(any(tokens == answer_tokens(answer) for answer in answers))


def quote_scores(
    question: EvaluationQuestion, answer: Answer, documents: Mapping[str, Document]
) -> dict[str, float]:
    """Figure name -> value of a question that has answer spans; {} for others.

    A question that was not answered has no words right. Where no words are marked, the
    figures of marked words count for all questions as 0, and not among the marked.
    """
    if not question.spans:
        return {}
    answers = question.answers or [
        documents[span.document_id].text[span.start : span.end] for span in question.spans
    ]
    citation = answer.citations[0] if answer.citations else None
    quote = citation.quote if citation else ""
    return {
        "span_in_first_quote": float(citation is not None and holds_span(citation, question)),
        "span_overlaps_first_quote": float(
            citation is not None and overlaps_span(citation, question)
        ),
        "quote_f1": token_f1(quote, answers) if quote else 0.0,
        "quote_exact_match": exact_match(quote, answers) if quote else 0.0,
        **_scores_of_words(marked_words(citation) if citation else "", answers),
    }


def _scores_of_words(marked: str, answers: Sequence[str]) -> dict[str, float]:
    """Figures of the words that were marked within a quote; "" where none were."""
    words = {
        "words_f1": token_f1(marked, answers) if marked else 0.0,
        "words_exact_match": exact_match(marked, answers) if marked else 0.0,
    }
    among_marked = {f"marked_{name}": value for name, value in words.items()} if marked else {}
    return {"words_marked": float(bool(marked)), **words, **among_marked}


def marked_words(citation: Citation) -> str:
    """The exact words marked within a quote; empty where none are."""
    if citation.exact is None:
        return ""
    start, end = citation.exact
    return citation.quote[start - citation.start : end - citation.start]


def holds_span(citation: Citation, question: EvaluationQuestion) -> bool:
    """Whether a quote holds one of a question's answer spans whole."""
    return any(
        citation.document.id == span.document_id
        and citation.start <= span.start
        and span.end <= citation.end
        for span in question.spans
    )


def overlaps_span(citation: Citation, question: EvaluationQuestion) -> bool:
    """Whether a quote holds at least a part of one of a question's answer spans."""
    return any(
        citation.document.id == span.document_id
        and citation.start < span.end
        and span.start < citation.end
        for span in question.spans
    )


def is_right(answer: Answer, question: EvaluationQuestion) -> bool:
    """Whether the first quote holds a span or, where there are none, is of a right document."""
    if not answer.citations:
        return False
    first = answer.citations[0]
    if question.spans:
        return holds_span(first, question)
    return question.grades.get(first.document.id, 0) > 0


def misplaced(answer: Answer, documents: Mapping[str, Document]) -> int:
    """How many quotes and passages of an answer are not the text at their offsets."""
    places = [(c.document.id, c.start, c.end, c.quote) for c in answer.citations]
    hits = [hit.passage for hit in answer.hits]
    places += [(p.document_id, p.start, p.end, p.text) for p in hits]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    wrong = sum(quotes[quote.citation] != quote.text for quote in answer.quotes)
    return wrong + sum(documents[name].text[s:e] != text for name, s, e, text in places)


def _f1(said: Sequence[str], answer: Sequence[str]) -> float:
    if not said or not answer:
        return float(said == answer)
    common = (Counter(said) & Counter(answer)).total()
    return 2 * common / (len(said) + len(answer))
