"""The build in use under readers: each goes on with the one it began with."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from fakes import FakeEmbedder, built_index, make_document
from made_texts import prose

from qa_service.errors import DamagedBuild, ModelError, NoIndex
from qa_service.indexing.engine.current import CurrentIndex
from qa_service.indexing.keeping.manifest import current_build

OLD, NEW = make_document("The old text.", "old"), make_document("The new text.", "new")


@pytest.fixture
def current(index_dir):
    index = CurrentIndex(index_dir, "fake", FakeEmbedder().fingerprint)
    yield index
    index.close()


def titles(opened) -> list[str]:
    return [summary.id for summary in opened.store.summaries()]


def test_readers_share_one_opened_build(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as first, current.reading() as second:
        assert first is second


def test_a_reader_goes_on_with_the_build_it_began_with(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as old:
        built_index([NEW], index_dir)
        with current.reading() as new:
            assert (titles(old), titles(new)) == (["old"], ["new"])
        assert titles(old) == ["old"]


def test_a_reader_goes_on_while_its_build_is_removed_from_the_disk(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as old:
        for _ in range(4):
            built_index([NEW], index_dir)
        assert not (index_dir / old.manifest.build).exists()
        assert titles(old) == ["old"]
        assert old.vectors.passages.shape == (1, 64)


def test_a_replaced_build_is_closed_after_its_last_reader(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as old:
        built_index([NEW], index_dir)
        with current.reading():
            assert titles(old) == ["old"]
    with pytest.raises(sqlite3.ProgrammingError):
        titles(old)


def test_a_replaced_build_that_nobody_reads_is_closed_at_once(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as old:
        pass
    built_index([NEW], index_dir)
    with current.reading(), pytest.raises(sqlite3.ProgrammingError):
        titles(old)


def test_closing_waits_for_the_last_reader(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading() as opened:
        current.close()
        assert titles(opened) == ["old"]
    with pytest.raises(sqlite3.ProgrammingError):
        titles(opened)


def test_an_error_in_a_reader_lets_go_of_the_build(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with pytest.raises(ZeroDivisionError), current.reading() as opened:
        raise ZeroDivisionError
    current.close()
    with pytest.raises(sqlite3.ProgrammingError):
        titles(opened)


def test_many_threads_read_while_builds_change(index_dir, current) -> None:
    built_index([OLD], index_dir)
    wrong, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            with current.reading() as opened:
                if titles(opened) not in (["old"], ["new"]):
                    wrong.append(titles(opened))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for document in (NEW, OLD, NEW):
        built_index([document], index_dir)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_before_the_first_build_there_is_no_index(current) -> None:
    with pytest.raises(NoIndex), current.reading():
        pytest.fail("there is nothing to read")


def test_an_index_of_another_model_is_refused_with_both_names(index_dir) -> None:
    built_index([OLD], index_dir)
    other = CurrentIndex(index_dir, "another", "other fingerprint")
    with pytest.raises(ModelError, match=r"'fake'.*'another'.*QA_MODEL"), other.reading():
        pytest.fail("another model's vectors must not be searched")


def test_a_damaged_new_build_is_refused_and_the_old_one_goes_on(index_dir, current, caplog) -> None:
    built_index([OLD], index_dir)
    with current.reading() as old:
        assert titles(old) == ["old"]
    built_index([NEW], index_dir)
    (current_build(index_dir) / "dense.faiss").write_bytes(b"broken")
    for _ in range(2):
        with current.reading() as opened:
            assert titles(opened) == ["old"]
    assert caplog.text.count("dense.faiss") == 1


def test_where_the_new_build_is_damaged_a_process_begins_with_the_one_before(
    index_dir, current, caplog
) -> None:
    built_index([OLD], index_dir)
    built_index([NEW], index_dir)
    (current_build(index_dir) / "dense.faiss").write_bytes(b"broken")
    with current.reading() as opened:
        assert titles(opened) == ["old"]
    assert current.refused.build == current_build(index_dir).name
    assert "going on with build" in caplog.text


def test_where_no_build_can_be_used_the_error_is_of_the_new_one(index_dir, current) -> None:
    for document in (OLD, NEW):
        built_index([document], index_dir)
        (current_build(index_dir) / "dense.faiss").write_bytes(b"broken")
    with pytest.raises(DamagedBuild, match=current_build(index_dir).name), current.reading():
        pytest.fail("there is nothing to read")


def test_a_refused_build_is_told_and_tried_again_after_a_minute(index_dir) -> None:
    now = [0.0]
    current = CurrentIndex(index_dir, "fake", FakeEmbedder().fingerprint, lambda: now[0])
    built_index([OLD], index_dir)
    with current.reading():
        build = built_index([NEW], index_dir).manifest.build
    damaged = current_build(index_dir) / "dense.faiss"
    sound = damaged.read_bytes()
    damaged.write_bytes(b"broken")
    with current.reading() as opened:
        assert titles(opened) == ["old"]
    assert (current.refused.build, "dense.faiss" in current.refused.reason) == (build, True)
    damaged.write_bytes(sound)
    for now[0], found in ((59.0, "old"), (61.0, "new")):
        with current.reading() as opened:
            assert titles(opened) == [found]
    assert current.refused is None
    current.close()


def test_after_a_damaged_build_the_next_sound_one_is_read(index_dir, current) -> None:
    built_index([OLD], index_dir)
    with current.reading():
        built_index([NEW], index_dir)
        (current_build(index_dir) / "dense.faiss").write_bytes(b"broken")
    with current.reading():
        built_index([NEW], index_dir)
    with current.reading() as opened:
        assert titles(opened) == ["new"]


def mapped_builds(index_dir) -> set[str]:
    """Names of the builds of which a file is mapped into this process."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    paths = (Path(line.split(maxsplit=5)[5]) for line in lines if str(index_dir) in line)
    return {path.relative_to(index_dir).parts[0] for path in paths}


def test_replaced_builds_stay_in_memory_no_longer_than_their_readers(index_dir, current) -> None:
    for seed in range(4):
        built_index([make_document(prose(9, seed), f"prose-{seed}")], index_dir)
        with current.reading() as opened:
            assert not opened.names.named_in("nothing named")
            assert opened.completions.complete("prose", 1)
    assert mapped_builds(index_dir) == {current_build(index_dir).name}
