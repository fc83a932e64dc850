"""Footnotes of a Word document, which python-docx reads past and does not make (ECMA-376 17.11)."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

TEXT_STYLE, SIGN_STYLE = "footnote text", "footnote reference"
"""Names of Word's own styles."""
SIZE = Pt(9)
_PART = PackURI("/word/footnotes.xml")
_EMPTY = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    "</w:footnotes>"
)

_SEPARATORS = (
    f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
)
"""The settings name what separates footnotes from the text (ECMA-376 17.11.9)."""

Element = Any


class Footnotes:
    """The footnotes of one document, numbered as they are added."""

    def __init__(self, document: Any) -> None:
        self._part = XmlPart(
            _PART, CONTENT_TYPE.WML_FOOTNOTES, parse_xml(_EMPTY), document.part.package
        )
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        document.settings.element.find(qn("w:compat")).addprevious(parse_xml(_SEPARATORS))
        self._text_style, self._sign_style = _add_styles(document)
        self._count = 0

    def add(self, paragraph: Any, text: str, link: tuple[str, str]) -> None:
        """A footnote at the end of a paragraph: its text, then a link (words, address)."""
        self._count += 1
        sign = OxmlElement("w:footnoteReference")
        sign.set(qn("w:id"), str(self._count))
        paragraph._p.append(self._sign_run(sign))
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self._count))
        note.append(self._note_paragraph(text, *link))
        self._part.element.append(note)

    def _note_paragraph(self, text: str, words: str, address: str) -> Element:
        paragraph = OxmlElement("w:p")
        paragraph.style = self._text_style
        paragraph.append(self._sign_run(OxmlElement("w:footnoteRef")))
        paragraph.append(_run(f" {text} "))
        link = OxmlElement("w:hyperlink")
        relation = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        shown = _run(words)
        underlined = OxmlElement("w:u")
        underlined.set(qn("w:val"), "single")
        shown.get_or_add_rPr().append(underlined)
        link.append(shown)
        paragraph.append(link)
        return paragraph

    def _sign_run(self, sign: Element) -> Element:
        run = OxmlElement("w:r")
        run.style = self._sign_style
        run.append(sign)
        return run


def _run(text: str) -> Element:
    run = OxmlElement("w:r")
    run.text = text
    return run


def _add_styles(document: Any) -> tuple[str, str]:
    """Ids of the two styles, as Word has them."""
    text = document.styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size, text.paragraph_format.space_after = SIZE, Pt(2)
    sign = document.styles.add_style(SIGN_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    sign.font.superscript = True
    return text.style_id, sign.style_id
