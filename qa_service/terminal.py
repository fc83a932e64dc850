"""What the command line shows, as text: answers, passages, documents and builds."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from qa_service.contract.answers import answer_object
from qa_service.contract.cautions import CAUTIONS
from qa_service.contract.parts import heading_text, permalink
from qa_service.contract.related_passages import related_passages
from qa_service.nouns.answers import (
    Answer,
    Catalogue,
    Citation,
    FactsTable,
    OtherSource,
    TimelineEntry,
)
from qa_service.nouns.dates import date_in_words
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.lookups import SearchResult
from qa_service.nouns.questions import Correction
from qa_service.nouns.results import Hit, MatchExplanation
from qa_service.plain_names import plain_name
from qa_service.reading.blocks.losses import PART_NOT_READ, page_ranges

if TYPE_CHECKING:
    from qa_service.indexing.building.build import BuildReport
    from qa_service.indexing.building.history import KeptBuild

WIDTH = 96
SURE = "Quoted with good confidence."


_PART = PART_NOT_READ.partition("%")[0]


def build_text(
    report: BuildReport, documents: tuple[DocumentSummary, ...]
) -> tuple[list[str], str]:
    """Lines on what was not read or is doubtful, and what was built in one line."""
    manifest = report.manifest
    lines = [plain_name(f"not read: {item.source}: {item.reason}") for item in manifest.skipped]
    lines += [
        plain_name(f"warning: {item.source}: {warning}")
        for item in documents
        for warning in item.extraction.warnings
        if not warning.startswith(_PART)  # it is told above
    ]
    return lines, (
        f"Built {manifest.build}: {manifest.documents} documents, {manifest.passages} passages "
        f"({report.encoded} encoded, {report.reused} reused), "
        f"{len(manifest.skipped)} files not read"
    )


def builds_text(kept: tuple[KeptBuild, ...]) -> str:
    """Every build that is kept, a line each, the one in use marked."""
    return "\n".join(map(_build_line, kept)) or "No builds; run: qa-service build"


def _build_line(kept: KeptBuild) -> str:
    mark = "*" if kept.in_use else " "
    if kept.problem:
        return f"{mark} {kept.build}  {kept.problem}"
    documents = _counted(kept.documents, "document") or "no documents"
    counts = [documents, _counted(kept.passages, "passage")]
    skipped = f"{_counted(kept.skipped, 'file')} not read" if kept.skipped else ""
    return f"{mark} {kept.build}  {', '.join(filter(None, [*counts, skipped]))}"


def documents_text(documents: tuple[DocumentSummary, ...]) -> str:
    """Every document with how it was read, for reading in a terminal."""
    return "\n\n".join(map(_document_text, documents)) or "No documents."


def _document_text(document: DocumentSummary) -> str:
    read = document.extraction
    counts = [
        _counted(document.pages, "page"),
        _counted(read.words, "word"),
        _counted(read.tables, "table"),
        f"language {read.language}" if read.language else "language unknown",
        document.metadata.get("format", ""),
    ]
    found = document.metadata.get("date_source")
    date = f"date: {date_in_words(document.date)} ({found})" if document.date and found else ""
    copies = ", ".join(source for source in document.sources if source != document.source)
    lines = [
        _source_line(document),
        f"   {', '.join(filter(None, counts))}",
        f"   {date}" if date else "",
        f"   also at {plain_name(copies)}" if copies else "",
        f"   recognised by OCR: {page_ranges(read.pages_by_ocr)}" if read.pages_by_ocr else "",
        _without_text(read.pages_without_text),
        *(f"   warning: {warning}" for warning in read.warnings),
    ]
    return "\n".join(filter(None, lines))


def _without_text(pages: tuple[int, ...]) -> str:
    return f"   without text: {page_ranges(pages)}" if pages else ""


def _counted(count: int | None, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else ""


def answer_text(answer: Answer, site: str = "") -> str:
    """An answer for reading in a terminal: each quote with its source below, and its whole
    address below that of the server."""
    parts = [
        _corrections(answer.corrections),
        _scope_text(answer),
        _verdict_text(answer, site),
        _suggestions_text(answer.suggestions),
    ]
    return "\n\n".join(filter(None, parts))


def _verdict_text(answer: Answer, site: str) -> str:
    if answer.catalogue:
        return _catalogue_text(answer.catalogue)
    if answer.timeline:
        return _timeline_text(answer, site)
    if not answer.answered:
        verdict = "No answer found in the documents." if answer.reason == "no_evidence" else None
        return "\n".join(filter(None, [verdict, answer.hint, *_nearest(answer)]))
    if answer.facts:
        return _facts_text(answer.facts, answer, site)
    blocks = [_citation_text(citation, site) for citation in answer.citations]
    return "\n\n".join([*blocks, sure_words(answer)])


def _nearest(answer: Answer) -> list[str]:
    """The documents, three at most, whose passages are worth a look below a refusal."""
    near = {passage["passage_id"] for passage in related_passages(answer_object(answer))}
    documents = [hit.document for hit in answer.hits if hit.passage.id in near]
    lines = [*dict.fromkeys(f"  {_source_line(document)}" for document in documents)][:3]
    return ["Nearest, not answers:", *lines] if lines else []


def _scope_text(answer: Answer) -> str:
    """What the question's own words narrowed the search to, and what of it was lifted (of an
    answer that quotes nothing, the hint says that)."""
    if (scope := answer.scope) is None:
        return ""
    words = ", ".join(f"“{word}”" for word in scope.words)
    lifted = ", ".join(f"“{word}”" for word in scope.lifted if answer.answered)
    lines = [
        f"Searched within {words}; --everywhere searches all documents." if words else "",
        f"Nothing within {lifted} answers, so that was left aside." if lifted else "",
    ]
    return "\n".join(filter(None, lines))


def _catalogue_text(catalogue: Catalogue) -> str:
    lines = [f"  {_source_line(document)}" for document in catalogue.documents]
    if further := catalogue.total - len(lines):
        lines.append(f"  … and {further:,} more")
    return "\n".join([catalogue.text, *lines])


def _facts_text(facts: FactsTable, answer: Answer, site: str) -> str:
    """Each document, and below it what it says of each label with its place."""
    links = {it.number: _address(it, site) for it in answer.citations}
    blocks = [answer.hint]
    for row in facts.rows:
        cells = zip(facts.labels, row.cells, strict=True)
        said = [f"    {of}: {it.value}\n      {links[it.citation]}" for of, it in cells if it]
        blocks.append("\n".join([_source_line(row.document), *said]))
    return "\n\n".join(filter(None, blocks))


def _timeline_text(answer: Answer, site: str) -> str:
    """Each document of a comparison, oldest first, with its quote or that it has none."""
    citations = {citation.number: citation for citation in answer.citations}
    blocks = [_facts_text(answer.facts, answer, site)] if answer.facts else []
    blocks += [_entry_text(entry, citations, site) for entry in answer.timeline or ()]
    sure = sure_words(answer) if answer.answered else answer.hint
    return "\n\n".join(filter(None, [*blocks, sure]))


def _entry_text(entry: TimelineEntry, citations: Mapping[int, Citation], site: str) -> str:
    date = date_in_words(entry.document.date) if entry.document.date else "date unknown"
    if entry.citation is None:
        return f"{date}: nothing close enough\n    {_source_line(entry.document)}"
    return f"{date}:\n{_citation_text(citations[entry.citation], site)}"


def _suggestions_text(suggestions: tuple[str, ...]) -> str:
    return "\n".join(["Ask next:", *(f"  {text}" for text in suggestions)]) if suggestions else ""


def search_text(result: SearchResult) -> str:
    """Ranked passages for reading in a terminal."""
    hits = map(_hit_text, result.hits) if result.hits else ["No passages."]
    return "\n\n".join(filter(None, [_corrections(result.corrections), *hits]))


def _corrections(corrections: tuple[Correction, ...]) -> str:
    """Which words were taken for mistyped ones; empty where none was."""
    taken = {item.typed: item.taken for item in corrections}
    pairs = [f"“{word}” in place of “{typed}”" for typed, word in taken.items()]
    way_out = "--as-typed asks exactly what was typed."
    return f"Searched for {', '.join(pairs)}; {way_out}" if pairs else ""


def _citation_text(citation: Citation, site: str) -> str:
    quote = textwrap.fill(
        f"“{citation.quote}”",
        WIDTH,
        initial_indent=f"[{citation.number}] ",
        subsequent_indent="    ",
    )
    place = ", ".join(filter(None, [_page(citation.page), heading_text(citation.heading_path)]))
    lines = [
        quote,
        _exact_words(citation),
        f"    {_source_line(citation.document)}",
        f"    {place}" if place else "",
        f"    {_address(citation, site)}",
        *_also_in(citation.also_in),
    ]
    return "\n".join(filter(None, lines))


def sure_words(answer: Answer) -> str:
    """How sure the service is of an answer, and what to do about it."""
    return next(words for lowest, words in CAUTIONS if answer.confidence >= lowest) or SURE


def _address(citation: Citation, site: str) -> str:
    return urljoin(site, permalink(citation.document, citation.start, citation.end))


def _also_in(sources: tuple[OtherSource, ...]) -> list[str]:
    """How many documents say the same, and which the others are."""
    if not sources:
        return []
    others = [f"      {_source_line(source.document)}" for source in sources]
    return [f"    {len(sources) + 1} documents say this, also:", *others]


def _exact_words(citation: Citation) -> str:
    """The words of the quote that answer by themselves; empty where they are not certain."""
    if citation.exact is None:
        return ""
    start, end = citation.exact
    return f"    exact words: {citation.quote[start - citation.start : end - citation.start]}"


def _hit_text(hit: Hit) -> str:
    text = textwrap.fill(hit.passage.text, WIDTH, initial_indent="   ", subsequent_indent="   ")
    place = ", ".join(filter(None, [_source_line(hit.document), _page(hit.passage.page)]))
    lines = [f"{hit.rank}. {place}  ({hit.score:.2f})", text, _why(hit.why)]
    return "\n".join(filter(None, lines))


def _why(why: MatchExplanation | None) -> str:
    """Which words of the question a passage holds, and which it lacks, in one line."""
    if why is None:
        return ""
    shared = f"shares {', '.join(why.shared_terms)}" if why.shared_terms else "matched by meaning"
    absent = f"; lacks {', '.join(why.absent_terms)}" if why.absent_terms else ""
    return f"   why: {shared}{absent}"


def _source_line(document: DocumentSummary) -> str:
    date = date_in_words(document.date) if document.date else "date unknown"
    return plain_name(f"{document.title}, {date} ({document.source})")


def _page(page: int | None) -> str:
    return f"page {page}" if page else ""
