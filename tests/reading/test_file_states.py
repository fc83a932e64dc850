"""A file is hashed again only where it may have changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from qa_service.reading import file_states
from qa_service.reading.file_states import remembered_sha256


@pytest.fixture
def digests(monkeypatch) -> list[str]:
    """Every hash that was reckoned, in a world where all files are settled."""
    reckoned: list[str] = []
    whole = file_states.hashlib.file_digest

    def digest(*arguments):
        found = whole(*arguments)
        reckoned.append(found.hexdigest())
        return found

    monkeypatch.setattr(file_states, "AT_REST_NS", -1)
    monkeypatch.setattr(file_states.hashlib, "file_digest", digest)
    return reckoned


def hashed(path: Path) -> str:
    with path.open("rb") as file:
        return remembered_sha256(file)


def test_a_file_that_stays_is_hashed_once(digests, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.")
    assert hashed(path) == hashed(path) == sha256(b"One.").hexdigest()
    assert len(digests) == 1


def test_a_file_that_was_written_since_is_hashed_again(digests, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.")
    hashed(path)
    path.write_bytes(b"Other.")
    assert hashed(path) == sha256(b"Other.").hexdigest()
    assert len(digests) == 2


def test_a_file_that_was_written_just_now_is_not_trusted(digests, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(file_states, "AT_REST_NS", 10**12)
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.")
    hashed(path)
    hashed(path)
    assert len(digests) == 2


def test_only_so_many_are_remembered(digests, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(file_states, "MOST_REMEMBERED", 1)
    monkeypatch.setattr(file_states, "_remembered", {})
    paths = [tmp_path / name for name in ("a", "b", "a")]
    for path in paths[:2]:
        path.write_bytes(path.name.encode())
    for path in paths:
        hashed(path)
    assert len(digests) == 3
