"""A transcript as a Word document, with the styles of Word's own template."""

from __future__ import annotations

import gc
import re
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from qa_service.deadline import in_time
from qa_service.translation.catalogue import _, language
from qa_service.translation.languages import LOCALES
from qa_service.web.export.in_words import ALSO_IN, also_in, gap, origin, place, source
from qa_service.web.export.transcript import CitedQuote, DocumentLink, ExportedTurn, Gap, Transcript

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KEPT_WITH_SOURCE = 1_000
"""A quote of fewer characters stands on the page of its source; a longer one would leave the page
before it empty."""
LINK_COLOUR = "0F5C63"
CITATION_SIZE = Pt(9)
QUOTE_STYLE, LIST_STYLE = "Quote", "ListBullet"
"""Ids of styles in Word's own template."""

WordDocument = Any
Paragraph = Any


def word_file(transcript: Transcript) -> bytes:
    """A heading for each question, quotes in the style Quote, linked citations below each."""
    document = new_document(transcript.title, datetime.fromisoformat(transcript.exported))
    document.add_paragraph(xml_text(origin(transcript)))
    for number, turn in enumerate(transcript.turns, start=1):
        document.add_heading(xml_text(f"{number}. {turn.question}"), level=1)
        _add_turn(document, turn)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """The file. Documents made before are let go of: their parts hold one another, and Python
    would look for such circles late, as it does not see how much memory XML takes."""
    file = BytesIO()
    document.save(file)
    gc.collect()
    return file.getvalue()


def new_document(title: str, created: datetime) -> WordDocument:
    """A document that begins with its title."""
    document = Document()
    document.core_properties.title = xml_text(title)
    document.core_properties.author = ""
    document.core_properties.created = created
    speak(document)
    document.add_heading(xml_text(title), level=0)
    return document


def speak(document: WordDocument) -> None:
    """Says in which language the document is written, for who checks its spelling."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), LOCALES[language()])
    document.core_properties.language = LOCALES[language()]


def _add_turn(document: WordDocument, turn: ExportedTurn) -> None:
    for line in turn.taken:
        document.add_paragraph().add_run(xml_text(line)).italic = True
    if turn.reply:
        document.add_paragraph(xml_text(turn.reply))
    for entry in in_time(turn.entries):
        if isinstance(entry, Gap):
            document.add_paragraph(xml_text(gap(entry)))
        else:
            _add_quote(document, entry)
    _add_links(document, turn.documents)


def _add_quote(document: WordDocument, citation: CitedQuote) -> None:
    quote = styled(document, QUOTE_STYLE)
    quote.add_run(xml_text(citation.quote))
    quote.paragraph_format.keep_with_next = len(citation.quote) < KEPT_WITH_SOURCE
    line = document.add_paragraph()
    add_small(line, f"[{citation.number}] ")
    add_link(line, citation.title, citation.address)
    add_small(line, f", {place(citation)}. {source(citation)}. {citation.address}")
    if citation.mismatch:
        line.add_run(f" {xml_text(citation.mismatch)}").bold = True
    if citation.also_in:
        add_small(document.add_paragraph(), _(ALSO_IN))
        _add_links(document, citation.also_in)


def _add_links(document: WordDocument, links: tuple[DocumentLink, ...]) -> None:
    for link in in_time(links):
        add_link(styled(document, LIST_STYLE), also_in(link), link.address)


def styled(document: WordDocument, style: str) -> Paragraph:
    """An empty paragraph of a style; python-docx would look through all styles for its name."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style
    return paragraph


def add_small(paragraph: Paragraph, text: str) -> None:
    """Adds text in the size of citations."""
    paragraph.add_run(xml_text(text)).font.size = CITATION_SIZE


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """python-docx reads hyperlinks and makes none: the element w:hyperlink, ECMA-376 17.16.22.

    The relation is named here, as `relate_to` looks through all of them twice for each.
    """
    link = OxmlElement("w:hyperlink")
    relations = paragraph.part.rels
    name = f"link{len(relations)}"
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
    link.set(qn("r:id"), name)
    run = paragraph.add_run(xml_text(text))
    run.font.size, run.underline = CITATION_SIZE, True
    run.font.color.rgb = RGBColor.from_string(LINK_COLOUR)
    link.append(run._r)
    paragraph._p.append(link)


def xml_text(text: str) -> str:
    """Control characters cannot stand in XML, not even escaped."""
    return NOT_XML.sub("", text)
