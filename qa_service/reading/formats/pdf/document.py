"""PDF, read with pdfium; scanned pages by text recognition where that is installed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.losses import UNSEEN, comments_told, page_ranges, words_told
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.pdf.attachments import Carried, attached, attachments, pinned
from qa_service.reading.formats.pdf.blocks import to_blocks
from qa_service.reading.formats.pdf.columns import columns_in_order
from qa_service.reading.formats.pdf.garbled import (
    FRUITLESS,
    has_signs_without_meaning,
    is_clearer,
    is_doubtful,
    makes_no_words,
)
from qa_service.reading.formats.pdf.geometry import Frame
from qa_service.reading.formats.pdf.lines import LeftOut, Line, page_lines
from qa_service.reading.formats.pdf.looks import Bookmarks, looks_of
from qa_service.reading.formats.pdf.markers import with_markers
from qa_service.reading.formats.pdf.notes.annotations import Layers, notes_on
from qa_service.reading.formats.pdf.notes.typed import with_typed
from qa_service.reading.formats.pdf.outline import bookmarks, page_labels
from qa_service.reading.formats.pdf.running_lines import in_reading_order, parted_by_running, told
from qa_service.reading.formats.pdf.shown.visibility import has_layers, remove_what_is_not_shown
from qa_service.reading.formats.pdf.signs.hyphens import with_hyphens_resolved
from qa_service.reading.formats.pdf.signs.mirrored import from_the_reading_side
from qa_service.reading.formats.pdf.title import pdf_title
from qa_service.reading.formats.scans.ocr import (
    GARBLED,
    GARBLED_NOT_INSTALLED,
    NOT_INSTALLED,
    NOTHING_FOUND,
    ocr_program,
    recognised_page,
)
from qa_service.reading.metadata.dates import created_date
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

FEW_SIGNS = 20
"""A page with fewer letters and digits than this may be a scan with a stamp on it."""
# pdfium keeps state of its own that two threads would spoil for one another.
_PDFIUM = threading.Lock()


@dataclass(slots=True)
class _Extracted:
    """All that is taken from a PDF while it is open."""

    page_count: int
    properties: dict[str, str]
    labels: tuple[str, ...]
    marks: Bookmarks
    layers: Layers
    lines: list[Line] = field(default_factory=list)
    fields: list[Block] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)
    garbled: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    fruitless: int = 0
    has_layers: bool = False
    carried: list[Carried] = field(default_factory=list)


def read_pdf(data: bytes) -> Content:
    """A PDF as content. Raises UnreadableDocument for encrypted and for broken files."""
    with _PDFIUM:
        found = _extract(data)
    content = content_of_lines(
        "pdf",
        found.lines,
        found.page_count,
        by_ocr=tuple(found.by_ocr),
        unread=found.unread,
        fields=found.fields,
        marks=found.marks,
        labels=found.labels,
        properties=found.properties,
        warnings=tuple(_told(found)),
    )
    return replace(content, members=attached(data, found.carried, _PDFIUM))


def content_of_lines(
    kind: str,
    stored: Sequence[Line],
    page_count: int,
    *,
    by_ocr: tuple[int, ...] = (),
    unread: dict[int, str] | None = None,
    fields: Sequence[Block] = (),
    marks: Bookmarks | None = None,
    labels: tuple[str, ...] = (),
    properties: dict[str, str] | None = None,
    warnings: Sequence[str] = (),
) -> Content:
    """The lines of pages, and what else is known of these, as content."""
    properties = properties or {}
    said, running = parted_by_running(stored, page_count)
    lines = with_hyphens_resolved(in_reading_order(said))
    looks = looks_of(lines, marks or {})
    blocks = _with_fields(to_blocks(lines, looks), fields)
    with_text = {line.page for line in lines} | {block.page for block in fields}
    return Content(
        kind,
        tuple(blocks),
        title=pdf_title(lines, looks, properties.get("Title", "")) if lines else None,
        property_date=_created(properties.get("CreationDate", "")),
        page_count=page_count,
        metadata=_metadata(properties),
        warnings=(*warnings, *told(running)),
        pages_without_text=tuple(n for n in range(1, page_count + 1) if n not in with_text),
        pages_by_ocr=by_ocr,
        unread_pages=unread or {},
        page_labels=labels,
    )


def _extract(data: bytes) -> _Extracted:
    document = _open(data)
    try:
        found = _Extracted(
            len(document),
            document.get_metadata_dict(),
            page_labels(document),
            bookmarks(document),
            Layers(data),
            has_layers=has_layers(data),
            carried=list(attachments(document)),
        )
        if document.get_formtype():
            document.init_forms()
        for index in range(len(document)):
            page = document[index]
            try:
                _extract_page(document, page, index + 1, found)
            finally:
                page.close()
        return found
    finally:
        document.close()


def _extract_page(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, found: _Extracted
) -> None:
    hidden = remove_what_is_not_shown(page, layers=found.has_layers)
    if hidden.texts:
        found.left_out.unseen.append(number)
    stored = with_markers(list(page_lines(page, number, hidden, found.left_out)))
    lines = columns_in_order(from_the_reading_side(stored, page.get_width()))
    signs = _letters(lines)
    if signs < FEW_SIGNS and has_signs_without_meaning(page):
        lines = _recognised(page, number, found, GARBLED_NOT_INSTALLED) or lines
    elif signs < FEW_SIGNS and _shows_something_else(page, signs):
        lines = _recognised(page, number, found, NOT_INSTALLED) or lines
    elif is_doubtful(lines, scan=hidden.below_scan):
        lines = _legible(page, number, lines, found)
    if hidden.picture and number not in found.by_ocr and number not in found.unread:
        found.pictures.append(number)
    notes = notes_on(document, page, number, found.layers)
    found.carried += pinned(document, page, number)
    if notes.unseen and number not in found.left_out.unseen:
        found.left_out.unseen.append(number)
    found.lines += with_typed(lines, notes.typed, number, Frame.of(page))
    found.comments += notes.comments
    found.fields += [Block("paragraph", text, page=number) for text in notes.filled]


def _letters(lines: Sequence[Line]) -> int:
    """How many letters and digits lines have; not counted further than a page needs."""
    count = 0
    for line in lines:
        count += sum(map(str.isalnum, line.text))
        if count >= FEW_SIGNS:
            break
    return count


def _told(found: _Extracted) -> Iterator[str]:
    """Sentences on text that a reader of the pages does not see, and on what took its place."""
    if unseen := found.left_out.unseen:
        yield said(UNSEEN, pages=page_ranges(unseen))
    if struck := found.left_out.struck:
        what = said("struck-out text on %(pages)s", pages=page_ranges(sorted(struck)))
        yield from words_told(what, sum(struck.values()))
    yield from comments_told(found.comments)
    if found.pictures:
        yield said("pictures on %(pages)s were not read", pages=page_ranges(found.pictures))
    if found.garbled:
        yield (
            said(
                "the letters of the text on %(pages)s make few words (a wrong character map, "
                "or badly recognised before); text recognition read them",
                pages=page_ranges(found.garbled),
            )
        )


def _shows_something_else(page: pdfium.PdfPage, signs: int) -> bool:
    """Whether a page has pictures or, where it has no text at all, anything drawn."""
    drawn = [item.type for item in page.get_objects(max_depth=3)]
    pictures = (pdfium.raw.FPDF_PAGEOBJ_IMAGE, pdfium.raw.FPDF_PAGEOBJ_SHADING)
    if any(kind in pictures for kind in drawn):
        return True
    return not signs and pdfium.raw.FPDF_PAGEOBJ_PATH in drawn


def _legible(page: pdfium.PdfPage, number: int, lines: list[Line], found: _Extracted) -> list[Line]:
    """The lines of a page as text recognition reads them, where that makes more words; none,
    and the reason noted, where neither makes any."""
    program = ocr_program()
    if program and found.fruitless < FRUITLESS:
        with suppress(UnreadableDocument):
            recognised = recognised_page(program, page, number)
            if is_clearer(recognised, lines):
                found.by_ocr.append(number)
                found.garbled.append(number)
                return recognised
        found.fruitless += 1
    if not makes_no_words(lines):
        return lines
    found.unread[number] = GARBLED if program else GARBLED_NOT_INSTALLED
    return []


def _recognised(
    page: pdfium.PdfPage, number: int, found: _Extracted, not_installed: str
) -> list[Line]:
    """The lines of a scanned page; none, and the reason noted, where it cannot be read."""
    program = ocr_program()
    if program is None:
        found.unread[number] = not_installed
        return []
    try:
        lines = recognised_page(program, page, number)
    except UnreadableDocument as error:
        found.unread[number] = str(error)
        return []
    if lines:
        found.by_ocr.append(number)
    else:
        found.unread[number] = NOTHING_FOUND
    return lines


def _with_fields(blocks: list[Block], fields: Sequence[Block]) -> list[Block]:
    """The blocks with the fields of each page's form behind the page's own."""
    if not fields:
        return blocks
    ordered = [(block.page or 0, 0, place, block) for place, block in enumerate(blocks)]
    ordered += [(block.page or 0, 1, place, block) for place, block in enumerate(fields)]
    return [block for *_, block in sorted(ordered, key=lambda item: item[:3])]


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            reason = N_("the PDF is encrypted; save a copy without a password")
        else:
            reason = N_("not a PDF, or a broken one; open it and save it anew")
        raise UnreadableDocument(reason) from error


def _created(value: str) -> FoundDate | None:
    date = created_date(value)
    return FoundDate(date, said("document properties")) if date else None


def _metadata(properties: dict[str, str]) -> dict[str, str]:
    return {
        "author": properties.get("Author", ""),
        "keywords": properties.get("Keywords", ""),
        "description": properties.get("Subject", ""),
    }
