"""OpenDocument texts (.odt) and presentations (.odp), read with odfdo."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import odfdo

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.losses import objects_told
from qa_service.reading.content import Block, Content, Member
from qa_service.reading.formats.office.numerals import without_number
from qa_service.reading.formats.office.open_document.markup import simplify
from qa_service.reading.formats.office.open_document.objects import open_objects
from qa_service.reading.formats.office.open_document.styles import TABLE, hidden_pages
from qa_service.reading.formats.office.packages.properties import package_properties
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.slides.document import hidden_slide, slides_content
from qa_service.reading.formats.office.slides.furniture import furniture_told
from qa_service.reading.formats.plain.text import opening_title, split_bullet
from qa_service.translation.sentences import said

Element = Any
"""An element of odfdo."""

_LEFT_OUT = frozenset(
    (
        *("text:tracked-changes", "text:table-of-content", "text:sequence-decls", "office:forms"),
        *(
            "text:variable-decls",
            "text:user-field-decls",
            "office:annotation",
            "svg:title",
            "svg:desc",
        ),
        *(
            "presentation:notes",
            "text:number",
            "text:note-citation",
            "text:bibliography-configuration",
        ),
    )
)
_NOTES = "text:note"
_SHAPES = "descendant::draw:*[text:p or text:list or table:table]"
"""Boxes and other shapes that say something."""
_FURNITURE = ("date-time", "footer", "header", "page-number")
"""Kinds of frames that say the same on every slide."""
_FIELDS = ("<number>", "<date/time>", "<footer>", "<header>")
"""What stands in frames that are filled when slides are shown."""
_MOST_REPEATED = 1000


def read_odt(data: bytes) -> Content:
    """A text document as content, headings and items with their numbers.

    Footnotes follow the paragraph that refers to them.
    """
    body, lost, members = _body(data)
    blocks = tuple(_blocks(body, depth=-1))
    headings = [without_number(block.text) for block in blocks if block.kind == "heading"]
    properties = package_properties(data)
    return Content(
        "odt",
        blocks,
        title=properties.title or next(iter(headings), opening_title(blocks)),
        property_date=properties.created,
        metadata=properties.metadata,
        warnings=tuple(lost),
        members=members,
    )


def read_odp(data: bytes) -> Content:
    """A presentation as content; a slide is a page."""
    body, lost, members = _body(data)
    slides = [child for child in body.children if child.tag == "draw:page"]
    found = [tuple(_slide_blocks(slide, page)) for page, slide in enumerate(slides, start=1)]
    hidden = hidden_pages(body._xml_element)
    names = enumerate((slide.get_attribute("draw:style-name") for slide in slides), start=1)
    lost += [hidden_slide(page) for page, name in names if name in hidden]
    lost += furniture_told(_furniture(body))
    return replace(slides_content("odp", found, package_properties(data), lost), members=members)


def _furniture(body: Element) -> list[str]:
    """What frames of their own and declarations say on every slide."""
    kinds = " or ".join(f"@presentation:class='{kind}'" for kind in _FURNITURE)
    declared = ("footer", "date-time", "header")
    found = [
        *body.get_elements(f"descendant::draw:frame[{kinds}]"),
        *(one for kind in declared for one in body.get_elements(f"//presentation:{kind}-decl")),
    ]
    texts = [" ".join("".join(it._xml_element.itertext()).split()) for it in found]
    return [text for text in texts if text not in _FIELDS]


def _body(data: bytes) -> tuple[Element, list[str], tuple[Member, ...]]:
    """The body of a file, made plain, what of it is left out, and the files within."""
    document = odfdo.Document(BytesIO(data))
    manifest: Any = document.get_part("META-INF/manifest.xml")
    if b"encryption-data" in manifest.serialize():
        raise UnreadableDocument(said("the file is encrypted; save a copy without a password"))
    body: Any = document.body
    styles: Any = document.get_part("styles.xml")
    # The library has no name of its own for the element that it stands for.
    lost = simplify(body._xml_element, styles.root._xml_element if styles is not None else None)
    with zipfile.ZipFile(BytesIO(data)) as package:
        objects = open_objects(body._xml_element, package)
    return body, [*lost, *objects_told(objects.lost)], tuple(objects.members)


def _slide_blocks(slide: Element, page: int) -> Iterator[Block]:
    for child in slide.children:
        if child.get_attribute("presentation:class") in _FURNITURE:
            continue
        if child.tag == "presentation:notes":
            frames = child.get_elements("draw:frame[@presentation:class='notes']")
            texts = (block.text for frame in frames for block in _blocks(frame, -1))
            notes = " ".join(text for text in texts if text.strip())
            if notes:
                yield Block("paragraph", f"Notes: {notes}", page=page)
            continue
        title = child.get_attribute("presentation:class") == "title"
        for block in _blocks(child, depth=-1):
            kind = "heading" if title else block.kind
            yield Block(kind, block.text, 1 if title else block.level, page)


def _blocks(element: Element, depth: int) -> Iterator[Block]:
    """Blocks of all that an element holds; `depth` is that of the lists around it."""
    for child in element.children:
        match child.tag:
            case "text:h":
                level = int(child.get_attribute("text:outline-level") or 1)
                words = f"{_number(child)} {_words(child).strip()}".strip()
                yield Block("heading", words, level=min(max(1, level), 6))
            case "text:p":
                yield from _paragraph(child, depth)
            case "text:list":
                yield from _list(child, depth + 1)
            case "table:table":
                yield from sheet_blocks(list(_rows(child)))
            case tag if tag not in _LEFT_OUT:
                yield from _blocks(child, depth)


def _paragraph(element: Element, depth: int) -> Iterator[Block]:
    words, number = _words(element).strip(), _number(element)
    if words or (number and _is_in_cell(element)):
        item = f"{number} {words}".strip() if number else split_bullet(words)
        item = item or (f"• {words}" if depth >= 0 else None)
        yield Block("item", item, level=max(depth, 0)) if item else Block("paragraph", words)
    for note in element.get_elements("descendant::text:note"):
        number = note.get_element("text:note-citation")
        text = " ".join(_words(part) for part in note.get_elements("text:note-body/*"))
        if text.strip():
            mark = (number.text or "").strip() if number is not None else ""
            own = text.strip().removeprefix(mark) if not mark.isalnum() else text
            yield Block("note", f"[{mark}] {own.strip()}" if mark else text)
    for box in element.get_elements(_SHAPES):
        yield from _blocks(box, -1)


def _is_in_cell(element: Element) -> bool:
    return next(element._xml_element.iterancestors(f"{TABLE}table-cell"), None) is not None


def _number(element: Element) -> str:
    """The number before a heading or an item; "" where it has none."""
    number = element.get_element("text:number")
    return number.text.strip() if number is not None else ""


def _list(element: Element, depth: int) -> Iterator[Block]:
    for item in element.children:
        yield from _blocks(item, depth)


def _words(element: Element) -> str:
    """The words of a paragraph without its notes, comments and text boxes."""
    parts = [element.text or ""]
    for child in element.children:
        if child.tag not in _LEFT_OUT and not child.tag.startswith((_NOTES, "draw:")):
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _inline(element: Element) -> str:
    match element.tag:
        case "text:s":
            return " "
        case "text:tab":
            return "\t"
        case "text:line-break":
            return "\n"
        case _:
            return _words(element)


def _rows(table: Element) -> Iterator[list[str]]:
    """The texts of a table's rows; a cell over several rows says the same in each of them."""
    below: dict[int, tuple[str, int]] = {}
    for row in table.get_elements("descendant::table:table-row"):
        cells: list[str] = []
        for cell in row.children:
            if cell.tag == "table:table-cell":
                text = "\n".join(block.text for block in _blocks(cell, -1))
                rows = int(cell.get_attribute("table:number-rows-spanned") or 1)
                below[len(cells)] = (text, rows - 1)
                cells += [text] * _times(cell)
            elif cell.tag == "table:covered-table-cell":
                for _ in range(_times(cell)):
                    text, left = below.get(len(cells), ("", 0))
                    below[len(cells)] = (text, left - 1)
                    cells.append(text if left > 0 else "")
        yield cells


def _times(cell: Element) -> int:
    times = int(cell.get_attribute("table:number-columns-repeated") or 1)
    return min(times, _MOST_REPEATED)
