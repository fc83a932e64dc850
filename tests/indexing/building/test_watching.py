"""Following a folder: one build for each change, once it has come to rest."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest

from qa_service.indexing.building import watching


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch):
    """Does one thing before each look, and ends after the last."""

    def follow(*things) -> None:
        rest = iter(things)

        def next_thing(_: float) -> None:
            thing = next(rest, None)
            if thing is None:
                raise KeyboardInterrupt
            thing()

        monkeypatch.setattr(watching.time, "sleep", next_thing)

    return follow


def nothing() -> None:
    """No change."""


def count_changes(folder, later=None) -> int:
    """Changes in a folder, and in one that may come later."""

    def folders():
        return [
            ("", path) for path in (folder, later) if path and (path == folder or path.is_dir())
        ]

    told = watching.changes(folders)
    seen = 0
    with suppress(KeyboardInterrupt):
        while True:
            next(told)
            seen += 1
    return seen


def test_a_change_is_told_once_it_has_come_to_rest(tmp_path, looks) -> None:
    write = (tmp_path / "a.txt").write_text
    looks(nothing, lambda: write("a"), lambda: write("ab"), nothing, nothing, nothing)
    assert count_changes(tmp_path) == 1


def test_a_folder_that_comes_later_is_a_change(tmp_path, looks) -> None:
    corpus, uploads = tmp_path / "corpus", tmp_path / "uploads"
    corpus.mkdir()

    def upload() -> None:
        uploads.mkdir()
        (uploads / "a.txt").write_text("a")

    looks(nothing, upload, nothing, nothing)
    assert count_changes(corpus, uploads) == 1


def test_a_removed_file_is_a_change(tmp_path, looks) -> None:
    (tmp_path / "a.txt").write_text("a")
    looks(nothing, (tmp_path / "a.txt").unlink, nothing, nothing)
    assert count_changes(tmp_path) == 1


def test_a_folder_that_is_away_for_a_while_is_no_change(tmp_path, looks) -> None:
    folder, away = tmp_path / "corpus", tmp_path / "away"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    looks(
        nothing,
        lambda: shutil.move(folder, away),
        nothing,
        lambda: shutil.move(away, folder),
        nothing,
        nothing,
    )
    assert count_changes(folder) == 0
