"""A table beside the files, and front matter in them, say what they are."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest
from fakes import built_index

from qa_service.errors import BuildFailed
from qa_service.indexing.building.corpus import corpus_sources, read_corpus
from qa_service.indexing.building.metadata_table import read_stated
from qa_service.nouns.access import WITHHELD
from qa_service.nouns.documents import Document
from qa_service.reading import ReadingLimits


def documents(*folders: tuple[str, Path]) -> list[Document]:
    files = read_corpus(folders, ReadingLimits(), 1)
    return [item for file in files for item in file.items if isinstance(item, Document)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "2023").mkdir(parents=True)
    (folder / "2023" / "a.txt").write_text("Boats sail.")
    return folder


def state(folder: Path, text: str) -> None:
    (folder / "metadata.csv").write_text(text, encoding="utf-8")


def test_a_table_states_every_fact_of_a_file(folder) -> None:
    state(
        folder,
        "File,Title,Date,Publisher,Address,Collection,Access\n"
        '2023/a.txt,"Harbour, 2023",24 May 2023,Council,https://example.org/a,harbour,staff\n',
    )
    (document,) = documents(("", folder))
    assert (document.title, document.date, document.collection) == (
        "Harbour, 2023",
        "2023-05-24",
        "harbour",
    )
    assert document.metadata["date_source"] == document.metadata["title_source"] == "metadata.csv"
    kept = ("publisher", "address", "access")
    assert [document.metadata[name] for name in kept] == [
        "Council",
        "https://example.org/a",
        "staff",
    ]


def test_an_empty_cell_states_nothing(folder) -> None:
    state(folder, "file,title,date\n2023/a.txt,,2023\n\n")
    (document,) = documents(("", folder))
    assert (document.title, document.date) == ("Boats sail.", "2023")


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ("title\nHarbour\n", "no column 'file'; name the columns file, title"),
        ("file,tittle\n2023/a.txt,Harbour\n", "unknown column 'tittle'; did you mean 'title'"),
        ("file,date\n2023/a.txt,soon\n", "line 2: 'soon' is no date; write it as 2023-05-24"),
        ("file,title\nb.txt,Harbour\n", "line 2: there is no file 'b.txt'; give its path below"),
        ('file,title\n2023/a.txt,"Harb\n', "cannot be read as CSV in UTF-8"),
        ("file,title\n2023,Harbour\n", "line 2: '2023' is a folder; state its access alone"),
        ("file,access\n2023/a.txt,;\n", "line 2: ';' names no access group"),
    ],
)
def test_a_table_that_cannot_be_used_names_line_and_fix(folder, table, error) -> None:
    state(folder, table)
    with pytest.raises(BuildFailed, match=error):
        documents(("", folder))


def test_front_matter_may_name_the_collection(folder) -> None:
    (folder / "2023" / "a.txt").rename(folder / "2023" / "a.md")
    (folder / "2023" / "a.md").write_text("---\ncollection: harbour\naccess: staff\n---\nBoats.")
    (document,) = documents(("", folder))
    assert (document.collection, document.metadata["access"]) == ("harbour", "staff")


def test_a_named_folder_is_a_collection_and_begins_the_names_of_its_files(folder, tmp_path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "b.txt").write_text("Boats turn.")
    found = documents(("reports", folder), ("policies", tmp_path / "policies"))
    assert [(item.collection, item.source) for item in found] == [
        ("reports", "reports/2023/a.txt"),
        ("policies", "policies/b.txt"),
    ]


def test_a_table_in_a_named_folder_names_files_by_their_place_in_it(folder) -> None:
    state(folder, "file,title\n2023/a.txt,Harbour\n")
    assert documents(("reports", folder))[0].title == "Harbour"


def test_two_files_of_one_name_are_refused(folder, tmp_path) -> None:
    (tmp_path / "corpus" / "reports" / "2023").mkdir(parents=True)
    (tmp_path / "corpus" / "reports" / "2023" / "a.txt").write_text("Boats.")
    with pytest.raises(BuildFailed, match="two files are called reports/2023/a"):
        corpus_sources([("", tmp_path / "corpus"), ("reports", folder)])


def test_access_is_that_of_the_nearest_file_or_folder_that_states_it(folder) -> None:
    with ZipFile(folder / "2023" / "papers.zip", "w") as papers:
        papers.writestr("annex.txt", "Boats turn.")
        papers.writestr("open.txt", "Boats rest.")
    (folder / "2023" / "b.txt").write_text("Boats sink.")
    state(folder, "file,access\n2023,staff\n2023/b.txt,board\n2023/papers.zip/open.txt,all\n")
    found = {item.source: item.metadata["access"] for item in documents(("", folder))}
    assert found == {
        "2023/a.txt": "staff",
        "2023/b.txt": "board",
        "2023/papers.zip/annex.txt": "staff",
        "2023/papers.zip/open.txt": "all",
    }


def test_a_change_of_access_further_up_is_a_change_of_each_file(folder) -> None:
    names = ["2023/a.txt"]
    before = read_stated([("", folder)], names).of_file("2023/a.txt")
    state(folder, "file,access\n2023,staff\n")
    assert read_stated([("", folder)], names).of_file("2023/a.txt") != before


@pytest.mark.parametrize(
    ("mail", "attached", "withheld"),
    [
        ("", "board", True),
        ("staff", "board", True),
        ("staff;board", "board", True),
        ("board", "board;staff", False),
        ("board", "", False),
        ("", "", False),
    ],
)
def test_a_file_is_withheld_that_holds_what_fewer_people_may_read(
    folder, mail, attached, withheld
) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Boats"
    letter.set_content("The minutes are attached to this letter about boats.")
    letter.add_attachment("The harbour was sold.", filename="minutes.txt")
    (folder / "letter.eml").write_bytes(letter.as_bytes())
    state(folder, f"file,access\nletter.eml,{mail}\nletter.eml/minutes.txt,{attached}\n")
    found = {item.source: item.metadata for item in documents(("", folder))}
    assert (WITHHELD in found["letter.eml"]) is withheld
    assert WITHHELD not in found["letter.eml/minutes.txt"]


def test_documents_for_different_readers_are_never_one_entry(folder, index_dir, open_build) -> None:
    (folder / "b.txt").write_text("Boats sail.")
    state(folder, "file,access\nb.txt,staff\n")
    built_index(read_corpus([("", folder)], ReadingLimits(), 1), index_dir)
    assert len(open_build(index_dir).store.summaries()) == 2
