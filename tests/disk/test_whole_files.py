"""A file is put in place whole and stays, or nothing of it is there."""

import os
import stat

import pytest

from qa_service.disk import whole_files
from qa_service.disk.whole_files import OWNER_ONLY, put_whole


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "kept.json"


def test_the_folder_holds_the_file_alone(path) -> None:
    put_whole(path, b"before")
    put_whole(path, b"after")
    assert [(it.name, it.read_bytes()) for it in path.parent.iterdir()] == [("kept.json", b"after")]


def test_a_private_file_was_never_readable_by_others(path, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(whole_files, "sync", lambda synced: seen.append(os.stat(synced).st_mode))
    put_whole(path, b"secret", OWNER_ONLY)
    assert [stat.S_IMODE(mode) for mode in (seen[0], path.stat().st_mode)] == [0o600, 0o600]


def test_the_content_is_on_the_disk_before_it_takes_its_place(path, monkeypatch) -> None:
    put_whole(path, b"before")
    steps = []
    monkeypatch.setattr(whole_files, "sync", lambda it: steps.append((it, path.read_bytes())))
    put_whole(path, b"after")
    assert [content for _, content in steps] == [b"before", b"after"]
    assert steps[1][0] == path.parent


def test_a_full_disk_leaves_what_stood_there_and_nothing_else(path, monkeypatch) -> None:
    put_whole(path, b"before")
    monkeypatch.setattr(whole_files, "sync", failing)
    with pytest.raises(OSError, match="No space left"):
        put_whole(path, b"after")
    assert [(it.name, it.read_bytes()) for it in path.parent.iterdir()] == [
        ("kept.json", b"before")
    ]


def failing(_) -> None:
    raise OSError(28, "No space left on device")


def test_the_longest_name_that_a_disk_takes_is_written(path) -> None:
    put_whole(path.with_name("n" * 255), b"content")
    assert path.with_name("n" * 255).read_bytes() == b"content"
