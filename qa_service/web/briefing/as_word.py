"""A briefing as a Word document with footnotes."""

from __future__ import annotations

from datetime import datetime, time

from qa_service.translation.catalogue import _
from qa_service.web.briefing.written import (
    LINK_WORDS,
    REFERENCES,
    WrittenBriefing,
    WrittenGroup,
)
from qa_service.web.export.as_word import (
    QUOTE_STYLE,
    WordDocument,
    new_document,
    saved,
    styled,
    xml_text,
)
from qa_service.web.export.word_footnotes import Footnotes
from qa_service.web.wording.places import human_date


def word_file(briefing: WrittenBriefing) -> bytes:
    """A heading for each group, notes, quotes in the style Quote, each with a footnote, and the
    list of references."""
    document = new_document(briefing.title, datetime.combine(briefing.day, time()))
    document.add_paragraph(human_date(briefing.day.isoformat()))
    footnotes = Footnotes(document)
    for group in briefing.groups:
        _add_group(document, footnotes, group)
    document.add_heading(_(REFERENCES), level=1)
    for entry in briefing.references:
        document.add_paragraph(xml_text(entry))
    return saved(document)


def _add_group(document: WordDocument, footnotes: Footnotes, group: WrittenGroup) -> None:
    if group.heading:
        document.add_heading(xml_text(group.heading), level=1)
    for quote in group.quotes:
        if quote.remark:
            document.add_paragraph(xml_text(quote.remark)).paragraph_format.keep_with_next = True
        paragraph = styled(document, QUOTE_STYLE)
        paragraph.add_run(xml_text(quote.quote))
        footnotes.add(paragraph, xml_text(quote.reference), (_(LINK_WORDS), quote.address))
