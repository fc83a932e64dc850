"""The files of a corpus, their ids, and files that cannot be read."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from qa_service.errors import BuildFailed, UnreadableDocument
from qa_service.reading import document_id, list_sources, source_version
from qa_service.reading.files import read_document


def test_sources_are_listed_by_their_path(corpus: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/README.md", "a-b.pdf"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).touch()
    assert [source.name for source in list_sources(corpus)] == [
        "a-b.pdf",
        "a/README.md",
        "a/z.md",
        "b.txt",
    ]


def test_hidden_files_and_the_corpus_readme_are_no_sources(corpus: Path) -> None:
    for name in (".hidden", "README.md", ".git/config.txt", "~$rules.docx"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).touch()
    assert list_sources(corpus) == []


def leads_outside(link: Path, target: Path) -> None:
    target.write_text("secret")
    link.symlink_to(target)


def leads_up_and_out(link: Path, target: Path) -> None:
    target.write_text("secret")
    link.symlink_to(Path("..") / target.name)


def leads_to_a_folder_outside(link: Path, target: Path) -> None:
    target.mkdir()
    link.symlink_to(target)


def leads_nowhere(link: Path, target: Path) -> None:
    link.symlink_to(target)


def leads_to_itself(link: Path, target: Path) -> None:  # noqa: ARG001
    link.symlink_to(link)


def leads_to_a_folder_inside(link: Path, target: Path) -> None:  # noqa: ARG001
    (link.parent / "folder").mkdir()
    link.symlink_to(link.parent / "folder")


def is_a_pipe(link: Path, target: Path) -> None:  # noqa: ARG001
    os.mkfifo(link)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (leads_outside, "leads outside the corpus; copy"),
        (leads_up_and_out, "leads outside the corpus; copy"),
        (leads_to_a_folder_outside, "leads outside the corpus; copy"),
        (leads_to_a_folder_inside, "a link to a folder, which is not followed"),
        (leads_nowhere, "No such file"),
        (leads_to_itself, "leads to itself|Too many levels"),
        (is_a_pipe, "not a regular file"),
    ],
)
def test_what_is_no_file_of_the_corpus_is_named_and_not_opened(
    corpus: Path, tmp_path: Path, make, reason: str
) -> None:
    make(corpus / "link.txt", tmp_path / "secret.txt")
    (source,) = [item for item in list_sources(corpus) if item.name == "link.txt"]
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(source.path, corpus, 100)
    assert source_version(source) == ""


def test_a_missing_corpus_says_how_to_name_another(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="--corpus"):
        list_sources(tmp_path / "nowhere")


def test_an_id_is_readable_and_stable() -> None:
    assert document_id("reports/Été at Harbour_2023.pdf") == "ete-at-harbour-2023-13175260"


def test_ids_of_equal_names_in_different_folders_differ() -> None:
    assert document_id("a/report.pdf") != document_id("b/report.pdf")


def test_an_id_has_only_characters_of_urls() -> None:
    assert document_id("報告.txt").isalnum()


def test_the_collection_is_the_first_folder(read) -> None:
    assert read("harbour/2020/a.txt", "Some words.").collection == "harbour"
    assert read("a.txt", "Some words.").collection == "default"


def test_the_version_is_the_hash_of_the_bytes(read) -> None:
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read("a.txt", "abc").version == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.bin", b"MZ\x90\x00\x03", "a program, which holds no text"),
        ("a.gif", b"GIF89a\x00", "a picture; put it into a PDF"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", "pack its files as .zip"),
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b"  \n ", "no text"),
        ("a.txt", b"\x00\x01\x02\x00", "NUL bytes"),
        ("a.txt", b"\x01\x02\x03\xff" * 50, "binary data"),
        ("a.txt", b"x" * 1_000_001, "QA_MAX_FILE_MEGABYTES"),
        ("a.pdf", b"%PDF-1.4 no such thing", "not a PDF, or a broken one"),
        ("a.docx", b"PK\x03\x04 no such thing", "not a sound zip-based file"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a sound office file"),
        ("a.html", b"<html><body></body></html>", "no text"),
    ],
)
def test_a_bad_file_names_its_reason(read, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read(name, content)


def test_a_file_that_is_gone_is_unreadable(corpus: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_document(corpus / "gone.txt", corpus, 100)


def test_a_file_name_that_is_not_utf8_says_to_rename_it(corpus: Path) -> None:
    path = corpus / os.fsdecode(b"r\xe9sum\xe9.txt")
    with pytest.raises(UnreadableDocument, match="not UTF-8; rename the file"):
        read_document(path, corpus, 100)


@pytest.mark.parametrize(
    "ending", [".txt", ".md", ".html", ".pdf", ".docx", ".doc", ".eml", ".csv"]
)
@pytest.mark.parametrize(
    "rubbish", [b"PK\x03\x04\xff\xff", b"%PDF-1.4\nobj", b"---\n: {\n---\n\x80"]
)
def test_rubbish_raises_nothing_but_unreadable(read, ending: str, rubbish: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert read(f"a{ending}", rubbish).text
