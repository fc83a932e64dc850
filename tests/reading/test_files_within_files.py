"""Archives and mails: each file within is a document of its own, and bombs do not go off."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pypdfium2 as pdfium
import pytest
from made_files import MAIL, zip_file
from made_pdf_files import make_pdf

from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading import ReadingLimits, Source, files
from qa_service.reading.files import read_source
from qa_service.reading.formats.mail import outlook

Items = list[Document | SkippedFile]


@pytest.fixture
def read_all(corpus: Path) -> Callable[..., Items]:
    """Everything that a file of that name holds, within limits as named."""

    def read(name: str, content: bytes | str, **limits: int) -> Items:
        (corpus / name).write_bytes(content.encode() if isinstance(content, str) else content)
        source = Source(corpus / name, corpus, name, "reports")
        return list(read_source(source, ReadingLimits(**limits)))

    return read


def test_each_file_of_an_archive_is_a_document_named_by_its_place(read_all) -> None:
    files = {"b/two.md": "# Two", "a.txt": "One.", "__MACOSX/._a": "x", ".hidden": "x"}
    one, two = read_all("files.zip", zip_file(files))
    assert [one.source, two.source] == ["files.zip/a.txt", "files.zip/b/two.md"]
    assert (two.title, two.collection) == ("Two", "reports")


def test_a_bad_file_in_an_archive_costs_that_file_alone(read_all) -> None:
    bad, good = read_all("files.zip", zip_file({"a.pdf": b"%PDF-no", "b.txt": "Good."}))
    assert (bad.source, good.text) == ("files.zip/a.pdf", "Good.")
    assert "not a PDF" in bad.reason


def test_no_name_within_an_archive_leads_out_of_it(read_all) -> None:
    files = {"../../etc/passwd": "One.", "/root/b.txt": "Two.", "c\\..\\d.txt": "Three."}
    found = read_all("files.zip", zip_file(files))
    names = [item.source for item in found]
    assert names == ["files.zip/etc/passwd", "files.zip/root/b.txt", "files.zip/c/d.txt"]
    assert all("leads out of the archive" in item.extraction.warnings[-1] for item in found)


def test_files_of_one_name_within_a_file_are_numbered(read_all) -> None:
    files = {"/a.txt": "One.", "a.txt": "Two.", "a\n.txt": "Three."}
    names = [item.source for item in read_all("files.zip", zip_file(files))]
    assert sorted(names) == ["files.zip/a (2).txt", "files.zip/a .txt", "files.zip/a.txt"]


def test_an_archive_that_unpacks_to_too_much_is_refused(read_all) -> None:
    bomb = zip_file({"a.txt": bytes(5_000_000)})
    (skipped,) = read_all("bomb.zip", bomb, unpacked_bytes=1_000_000)
    assert "unpacks to 1 files of 5,000,000 bytes" in skipped.reason
    (skipped,) = read_all("many.zip", zip_file({f"{n}.txt": "a" for n in range(9)}), members=8)
    assert "unpacks to 9 files" in skipped.reason


def test_a_text_that_is_too_long_is_refused_whatever_it_was_packed_in(read_all) -> None:
    packed = zip_file({"a.txt": "0" * 5_000, "b.txt": "One."})
    long, short = read_all("a.zip", packed, text_characters=4_000)
    assert "more than 4,000 characters; split it" in long.reason
    assert short.text == "One."


def test_archives_within_archives_are_read_to_a_depth_and_share_one_budget(read_all) -> None:
    inner = zip_file({"a.txt": "One."})
    for _ in range(5):
        inner = zip_file({"inner.zip": inner})
    (skipped,) = read_all("deep.zip", inner)
    assert "archives within archives" in skipped.reason
    wide = zip_file({f"{n}.zip": zip_file({"a.txt": bytes(900_000)}) for n in range(3)})
    reasons = [item.reason for item in read_all("wide.zip", wide, unpacked_bytes=1_900_000)]
    assert any("more than one file may" in reason for reason in reasons)


def test_files_that_are_too_many_are_told_in_one_line(read_all) -> None:
    notes = zip_file({f"{number}.txt": f"Note {number}." for number in range(4)})
    *read, told = read_all("files.zip", zip_file({"a.zip": notes, "b.zip": notes}), members=6)
    assert [item.source for item in read] == [f"files.zip/a.zip/{number}.txt" for number in "0123"]
    assert told.source == "files.zip/b.zip/0.txt"
    assert "nor is any of 3 files after it read" in told.reason


def test_a_damaged_or_encrypted_member_is_named(read_all) -> None:
    archive = bytearray(zip_file({"a.txt": "One. " * 50, "b.txt": "Two."}))
    archive[40:44] = b"\x00\x00\x00\x00"
    damaged, good = read_all("files.zip", bytes(archive))
    assert "cannot be unpacked" in damaged.reason
    assert good.text == "Two."


def test_a_mail_keeps_its_headers_words_and_attachments(read_all) -> None:
    mail, attached = read_all("visit.eml", MAIL)
    assert mail.text == (
        "From: Ann Sailor <ann@example.org>\nTo: René <rene@example.org>\n"
        "Date: Wed, 24 May 2023 10:00:00 +0100\nSubject: Harbour visit\n"
        "Attachments: grades.csv, logo.png\n\nThe visit is on Friday."
    )
    assert (mail.title, mail.date) == ("Harbour visit", "2023-05-24")
    assert (attached.source, attached.text.splitlines()[1]) == (
        "visit.eml/grades.csv",
        "School: North; Grade: Good",
    )


def test_a_mail_is_known_by_its_headers_whatever_it_is_called(read_all) -> None:
    page = MAIL.split("Content-Type")[0] + "Content-Type: text/html\n\n<p>Come <b>soon</b>.</p>"
    (mail,) = read_all("visit.txt", page)
    assert mail.text.endswith("Come soon.")
    assert read_all("note.txt", "To: do\n\nBuy milk.")[0].metadata["format"] == "text"


def test_an_outlook_message_is_read_as_a_mail(monkeypatch) -> None:
    message = SimpleNamespace(
        message_headers={},
        recipients=[SimpleNamespace(name="René", email_address="rene@example.org")],
        sender="Ann <ann@example.org>",
        sent_date=datetime(2023, 5, 24, 9, tzinfo=UTC),
        subject="Harbour visit",
        body="The visit is on Friday.",
        html_body=None,
        attachments=[SimpleNamespace(file_name="a.txt", file_bytes=b"One.")],
    )
    monkeypatch.setattr(outlook.Message, "load", lambda _: message)
    content = outlook.read_outlook(b"")
    assert content.blocks[0].text.startswith("From: Ann <ann@example.org>\nTo: René <rene@")
    assert [member.read() for member in content.members] == [b"One."]
    assert (content.title, content.date.date) == ("Harbour visit", "2023-05-24")


def test_a_file_that_a_pdf_carries_is_a_document(read_all) -> None:
    document, file = pdfium.PdfDocument.new(), BytesIO()
    document.new_page(200, 200)
    document.new_attachment("rules.txt").set_data(b"The kiln is fired on Fridays.")
    document.save(file)
    found = {item.source: item for item in read_all("a.pdf", file.getvalue())}
    assert found["a.pdf/rules.txt"].text == "The kiln is fired on Fridays."


def test_ten_thousand_files_of_one_name_are_named_as_quickly_as_others() -> None:
    """The number of tries for each was that of all before it."""
    budget = files._Budget(10_000, 10**9, frozenset())
    before = time.thread_time()
    names = [budget.own_name("mail.eml/same.txt") for _ in range(10_000)]
    assert time.thread_time() - before < 3
    assert len(set(names)) == 10_000
    assert names[:3] == ["mail.eml/same.txt", "mail.eml/same (2).txt", "mail.eml/same (3).txt"]


def test_a_file_pinned_to_a_page_is_a_document(read_all) -> None:
    content = "The fee is 12 pounds."
    pin = "<< /Type /Annot /Subtype /FileAttachment /Rect [20 20 40 40] /FS 9 0 R >>"
    file = "<< /Type /Filespec /F (fees.txt) /UF (fees.txt) /EF << /F 10 0 R >> >>"
    stream = f"<< /Type /EmbeddedFile /Length {len(content)} >>\nstream\n{content}\nendstream"
    pinned = make_pdf(["Open daily."], page_entries="/Annots [8 0 R]", more=[pin, file, stream])
    texts = {document.source: document.text for document in read_all("a.pdf", pinned)}
    assert texts == {"a.pdf": "Open daily.", "a.pdf/fees.txt": content}
