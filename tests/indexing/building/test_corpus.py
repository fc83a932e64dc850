"""The corpus folder as a build takes it in."""

from __future__ import annotations

import os
from hashlib import sha256

import pytest
from fakes import items_of

from qa_service.indexing.building.corpus import folder_mode
from qa_service.nouns.documents import Document


def test_documents_come_in_the_order_of_their_paths(tmp_path) -> None:
    for name in ("b.txt", "a.md", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A page about boats.")
    assert [item.source for item in items_of(tmp_path)] == [
        "a.md",
        "b.txt",
        "c/d.txt",
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-no")
    (tmp_path / "b.txt").write_text("A page about boats.")
    broken, read = items_of(tmp_path)
    assert (broken.source, broken.version) == ("a.pdf", sha256(b"%PDF-no").hexdigest())
    assert isinstance(read, Document)


def test_a_document_tells_which_file_within_it_could_not_be_read(tmp_path) -> None:
    attached = "Content-Disposition: attachment; filename=plan.pdf\n\n%PDF-no"
    (tmp_path / "a.eml").write_text(
        "From: Ann\nSubject: Plan\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\nSee the plan.\n--b\n{attached}\n--b--\n"
    )
    mail, broken = items_of(tmp_path)
    assert broken.source == "a.eml/plan.pdf"
    (told,) = mail.extraction.warnings
    assert told == f"a part was not read: plan.pdf: {broken.reason}"


def test_a_file_name_that_is_not_utf_8_is_shown_as_far_as_it_goes(tmp_path) -> None:
    (tmp_path / os.fsdecode(b"r\xe9sum\xe9.txt")).write_text("A page about boats.")
    (skipped,) = items_of(tmp_path)
    assert skipped.source == "r\ufffdsum\ufffd.txt"
    assert "UTF-8" in skipped.reason


@pytest.mark.parametrize(
    ("file", "folder", "mode"),
    [(0o644, 0o755, 0o755), (0o640, 0o755, 0o750), (0o644, 0o700, 0o700), (0o600, 0o755, 0o700)],
)
def test_a_build_is_no_more_readable_than_the_corpus(tmp_path, file, folder, mode):
    (tmp_path / "open.md").write_text("For all.")
    (tmp_path / "closed.md").write_text("For some.")
    (tmp_path / "open.md").chmod(0o644)
    (tmp_path / "closed.md").chmod(file)
    tmp_path.chmod(folder)
    assert folder_mode([("", tmp_path)]) == mode
