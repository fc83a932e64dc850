"""Whatever bytes a file holds, it ends as documents whose offsets hold, or as a named reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import (
    MAIL,
    RICH_TEXT,
    book,
    open_document_text,
    presentation,
    word_file,
    workbook,
    zip_file,
)
from made_pdf_files import make_pdf

from qa_service.nouns.documents import SkippedFile
from qa_service.reading import ReadingLimits, Source, canonical_text
from qa_service.reading.files import read_source
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.csv import read_csv
from qa_service.reading.formats.plain.records import record_blocks

SOUND = {
    "a.pdf": make_pdf(["Boats sail."], ["More of them."], title="Harbour"),
    "a.docx": word_file(),
    "a.odt": open_document_text(),
    "a.pptx": presentation(),
    "a.xlsx": workbook({"A": [["School", "Grade"], ["North", "Good"]]}),
    "a.epub": book(),
    "a.eml": MAIL.encode(),
    "a.rtf": RICH_TEXT.encode(),
    "a.zip": zip_file({"a.txt": "Boats sail.", "b.md": "# Boats"}),
    "a.html": b"<html><h1>Harbour</h1><table><tr><th>A</th></tr></table></html>",
    "a.xml": b"<?xml version='1.0'?><a><b>Boats</b><c>sail</c></a>",
    "a.json": b'{"a": [1, {"b": null}], "c": "Boats"}',
}
FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def assert_honest(folder: Path, name: str, content: bytes) -> None:
    """What the file is read as holds together, and what is not read says why."""
    (folder / name).write_bytes(content)
    for item in read_source(Source(folder / name, folder, name, "default"), ReadingLimits()):
        if isinstance(item, SkippedFile):
            assert item.reason
            continue
        assert canonical_text(item.text) == item.text
        assert all(item.text[h.start : h.end] == h.text for h in item.headings)
        if item.pages:
            assert "".join(item.text[page.start : page.end] for page in item.pages) == item.text


@pytest.mark.parametrize("name", SOUND)
@FEW
@given(data=st.data())
def test_a_damaged_file(name: str, data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(content)))
    assert_honest(tmp_path, name, bytes(content[:end]))


@FEW
@given(content=st.binary(max_size=400), ending=st.sampled_from(sorted(SOUND)))
def test_any_bytes_under_any_ending(content: bytes, ending: str, tmp_path: Path) -> None:
    assert_honest(tmp_path, ending, content)


@FEW
@given(rows=st.lists(st.lists(st.text(max_size=9), max_size=5), max_size=6))
def test_any_grid_of_cells_keeps_every_cell(rows: list[list[str]]) -> None:
    text = "\n".join(canonical_text(block.text) for block in sheet_blocks(rows))
    cells = [canonical_text(cell.strip()) for row in rows for cell in row]
    assert all(word in text for cell in cells for word in cell.split())


@FEW
@given(value=VALUES)
def test_any_value_is_records(value: object) -> None:
    assert all(block.text for block in record_blocks(value))


@FEW
@given(text=st.text())
def test_any_text_is_separated_values(text: str) -> None:
    if "\0" not in text:
        read_csv(text.encode("utf-8", "replace"))
