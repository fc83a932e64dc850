"""What changes in a corpus: only that is read and encoded, and what is gone says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeEmbedder, build_here
from made_texts import prose

from qa_service.errors import DocumentNotFound, DocumentWithdrawn
from qa_service.indexing.building.build import BuildReport
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.building.reading_cache import earlier_readings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Filters
from qa_service.reading import ReadingLimits, document_id

Rebuild = Callable[..., BuildReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def rebuild(folder: Path, index_dir: Path) -> Rebuild:
    """Builds the folder's index, taking over what the build before has read."""
    embedder = FakeEmbedder()

    def build(reading: str = "same") -> BuildReport:
        with earlier_readings(index_dir, reading) as earlier:
            files = read_corpus([("", folder)], ReadingLimits(), 1, earlier)
            return build_here(files, index_dir, embedder, reading=reading)

    return build


@pytest.fixture
def opened(rebuild: Rebuild, index_dir: Path, open_build) -> Callable[[], OpenedBuild]:
    """Builds and opens the build."""

    def build_and_open() -> OpenedBuild:
        rebuild()
        return open_build(index_dir)

    return build_and_open


def page(folder: Path, name: str, seed: int = 0) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# Report {seed}\n\n{prose(130, seed)}", encoding="utf-8")
    return path


def test_only_what_changed_is_read_and_encoded(rebuild, folder) -> None:
    page(folder, "a.md", 1)
    page(folder, "b.md", 2)
    assert (rebuild().files_read, rebuild().files_read) == (2, 0)
    page(folder, "b.md", 3)
    report = rebuild()
    assert (report.files_read, report.encoded, report.reused) == (1, 1, 1)


def test_the_content_counts_and_not_the_time(rebuild, folder) -> None:
    path = page(folder, "a.md")
    rebuild()
    os.utime(path, (0, 0))
    assert rebuild().files_read == 0
    times = path.stat()
    page(folder, "a.md", 9)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert rebuild().files_read == 1


def test_a_renamed_file_is_not_read_again_and_keeps_its_vectors(rebuild, opened, folder) -> None:
    path = page(folder, "a.md")
    rebuild()
    path.rename(folder / "b.md")
    report = rebuild()
    assert (report.files_read, report.encoded, report.reused) == (0, 0, 1)
    (summary,) = opened().store.summaries()
    assert (summary.id, summary.source) == (document_id("b.md"), "b.md")


def test_a_title_that_is_the_file_name_changes_with_it(rebuild, opened, folder) -> None:
    (folder / "old.csv").write_text("School,Grade\nNorth,Good\n")
    rebuild()
    (folder / "old.csv").rename(folder / "new.csv")
    assert opened().store.summaries()[0].title == "New"


def test_a_file_with_another_ending_is_read_again_and_told_of(rebuild, opened, folder) -> None:
    path = page(folder, "a.txt")
    rebuild()
    path.rename(folder / "a.pdf")
    assert "the ending is .pdf" in opened().store.summaries()[0].extraction.warnings[0]


def test_whatever_reads_files_otherwise_reads_them_again(rebuild, folder) -> None:
    page(folder, "a.md")
    rebuild("before")
    assert rebuild("after").files_read == 1


def test_the_same_document_twice_is_one_entry_with_two_sources(opened, folder) -> None:
    page(folder, "north/a.md")
    page(folder, "south/b.md")
    build = opened()
    (summary,) = build.store.summaries()
    assert summary.sources == ("north/a.md", "south/b.md")
    assert build.manifest.sources.keys() == {"north/a.md", "south/b.md"}
    for collection in ("north", "south"):
        assert build.store.rows_within(Filters(collections=(collection,))).tolist() == [0]


def test_a_copy_that_is_left_alone_takes_the_place_of_the_first(rebuild, opened, folder) -> None:
    page(folder, "a.md")
    page(folder, "b.md")
    rebuild()
    (folder / "a.md").unlink()
    build = opened()
    assert build.store.summaries()[0].sources == ("b.md",)
    with pytest.raises(DocumentWithdrawn) as raised:
        build.store.document(document_id("a.md"))
    assert raised.value.moved_to == document_id("b.md")


def test_a_removed_document_is_gone_and_says_so(rebuild, opened, folder) -> None:
    page(folder, "a.md", 1)
    page(folder, "b.md", 2)
    rebuild()
    (folder / "a.md").unlink()
    store = opened().store
    assert [passage.document_id for passage in store.passages([0])] == [document_id("b.md")]
    with pytest.raises(DocumentWithdrawn, match="'Report 1' was withdrawn from the corpus by 20"):
        store.summary(document_id("a.md"))
    assert [item.source for item in store.withdrawals()] == ["a.md"]


def test_a_document_that_comes_back_is_no_longer_withdrawn(rebuild, opened, folder) -> None:
    for names in (["a.md", "b.md"], ["b.md"], ["a.md", "b.md"]):
        for path in folder.iterdir():
            path.unlink()
        for seed, name in enumerate(names):
            page(folder, name, seed + 5 * (name == "a.md"))
        rebuild()
    store = opened().store
    assert store.document(document_id("a.md"))
    assert store.withdrawals() == ()


def test_what_never_was_is_unknown_and_not_withdrawn(opened, folder) -> None:
    page(folder, "a.md")
    with pytest.raises(DocumentNotFound) as raised:
        opened().store.document("nothing")
    assert not isinstance(raised.value, DocumentWithdrawn)


def test_a_file_that_cannot_be_read_is_not_tried_again_until_it_changes(rebuild, folder) -> None:
    page(folder, "a.md")
    (folder / "b.pdf").write_bytes(b"%PDF-no")
    first, second = rebuild().manifest, rebuild()
    assert second.files_read == 0
    assert second.manifest.skipped == first.skipped
    (folder / "b.pdf").write_bytes(b"%PDF-still no")
    assert rebuild().files_read == 1


def test_a_hundred_rebuilds_leave_counts_and_disk_flat(rebuild, folder, index_dir) -> None:
    page(folder, "a.md", 1)
    gone = page(folder, "b.md", 2)
    rebuild()
    gone.unlink()
    rebuild()
    sizes = {(rebuild().manifest.passages, size_of(index_dir)) for _ in range(100)}
    assert len({count for count, _ in sizes}) == 1
    # The days and ids in the manifests are as long each time; SQLite's files are the same.
    assert max(size for _, size in sizes) - min(size for _, size in sizes) < 100


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
