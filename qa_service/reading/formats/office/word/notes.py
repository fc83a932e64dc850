"""Footnotes and endnotes of Word documents, and what of a document is not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from qa_service.reading.blocks.losses import comments_told
from qa_service.reading.content import Block
from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.office.packages.parts import parsed_xml
from qa_service.reading.formats.office.word.markup import simplify
from qa_service.reading.formats.office.word.run_styles import RunStyles
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Element = Any
_KINDS = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_USUAL_FORMS = {"footnotes": "decimal", "endnotes": "lowerRoman"}
_TAGS = (qn("w:footnote"), qn("w:endnote"))
_COMMENT = qn("w:comment")
LONGEST_SHOWN = 80


@dataclass(slots=True)
class Notes:
    """The notes of a document by kind and id; those referred to are numbered in order, in the
    form of their kind. `lost` says what of them is not read."""

    texts: dict[tuple[str, str], str]
    forms: dict[str, str]
    lost: tuple[str, ...] = ()
    _numbers: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(word: WordDocument, styles: RunStyles) -> Notes:
        """The notes of a document, none of which is read yet."""
        texts: dict[tuple[str, str], str] = {}
        lost: list[str] = []
        for kind in _KINDS.values():
            for root in _parts(word, kind):
                lost += simplify(root, styles)
                for note in root.iter(*_TAGS):
                    if note.get(qn("w:type")) in (None, "normal"):
                        texts[kind, str(note.get(qn("w:id")))] = _paragraphs(note)
        forms = {kind: _form(word, kind) for kind in _KINDS.values()}
        return Notes(texts, forms, tuple(lost))

    def blocks(self, element: Element) -> Iterator[Block]:
        """The notes that a paragraph or table refers to, with their numbers."""
        for reference in element.iter(*_KINDS):
            kind = _KINDS[reference.tag]
            own = _own_sign(reference)
            sign = own or self._next_sign(kind)
            if text := self.texts.get((kind, str(reference.get(qn("w:id")))), ""):
                yield Block("note", f"[{sign}] {text.removeprefix(own).strip()}")

    def _next_sign(self, kind: str) -> str:
        self._numbers[kind] = number = self._numbers.get(kind, 0) + 1
        return numeral(number, self.forms[kind])


def _own_sign(reference: Element) -> str:
    """The sign that a writer chose for a note instead of a number: "*"."""
    if reference.get(qn("w:customMarkFollows")) not in ("1", "true", "on"):
        return ""
    texts = reference.itersiblings(qn("w:t"))
    return "".join(text.text or "" for text in texts).strip()


def _form(word: WordDocument, kind: str) -> str:
    """How the notes of a kind are numbered, in the first section or in the whole document."""
    path = f".//{qn('w:' + kind[:-1] + 'Pr')}/{qn('w:numFmt')}"
    roots = (word.element.body, word.settings.element)
    found = next((it for root in roots if (it := root.find(path)) is not None), None)
    return str(found.get(qn("w:val"))) if found is not None else _USUAL_FORMS[kind]


def comments_warning(word: WordDocument) -> tuple[str, ...]:
    """A sentence where a document has comments, which are not read."""
    roots = _parts(word, "comments")
    return comments_told([_paragraphs(item) for root in roots for item in root.iter(_COMMENT)])


def margin_warnings(word: WordDocument) -> tuple[str, ...]:
    """A sentence for each header and footer of the pages, which are not read."""
    lost = [
        said(
            'the %(kind)s of the pages was not read: "%(text)s"',
            kind=kind,
            text=shortened(text, LONGEST_SHOWN),
        )
        for kind in (N_("header"), N_("footer"))
        for root in _parts(word, kind)
        if any(map(str.isalpha, text := " ".join(_paragraphs(root).split())))
    ]
    return tuple(dict.fromkeys(lost))


def _parts(word: WordDocument, kind: str) -> Iterator[Element]:
    for relation in word.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield parsed_xml(relation.target_part.blob)


def _paragraphs(element: Element) -> str:
    texts = [
        "".join(
            item.text or "" if item.tag == qn("w:t") else " "
            for item in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        )
        for paragraph in element.iter(qn("w:p"))
    ]
    return "\n".join(text.strip() for text in texts if text.strip())
