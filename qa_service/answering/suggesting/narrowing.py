"""A question that was answered, asked again of one of the places that were cited or, where it names
its place, of one year: what was cited of these answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa_service.answering.suggesting.making import place_in
from qa_service.contract.cautions import SURE
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion

LONGEST = 90
"""Letters of a question that still takes a place at its end."""


def narrowed(opened: OpenedBuild, parsed: ParsedQuestion, answer: Answer) -> Iterator[str]:
    """The question in each way, first for what was cited last; none where it is limited already
    to documents or a period, or where what was cited may be no answer."""
    limited = parsed.periods or parsed.titles or parsed.speaks_of or answer.parts
    short = len(parsed.text) <= LONGEST and parsed.text.endswith("?")
    if answer.kind != "quotes" or answer.confidence < SURE or limited or not short:
        return
    cited = [citation.document for citation in answer.citations]
    wheres = _years(opened, parsed, cited) if parsed.places else _places(opened, cited)
    for where in reversed(list(dict.fromkeys(wheres))):
        yield f"{parsed.text.rstrip('? ')} in {where}?"


def _places(opened: OpenedBuild, cited: Iterable[DocumentSummary]) -> Iterator[str]:
    """Those of documents that were cited, with their article."""
    for document in cited:
        if place := opened.places_of_titles.get(document.id):
            yield place_in(place, opened.store.document(document.id).text) or place


def _years(
    opened: OpenedBuild, parsed: ParsedQuestion, cited: Iterable[DocumentSummary]
) -> Iterator[str]:
    """Those of documents that were cited, where the place has documents of several."""
    there = opened.summaries(named_together(parsed.places))
    if len({_year(document) for document in there}) > 1:
        yield from filter(None, map(_year, cited))


def _year(document: DocumentSummary) -> str:
    return (document.date or "")[:4]
