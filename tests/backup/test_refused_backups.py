"""Archives that are none of ours, or no longer: each is refused, and nothing is restored."""

from __future__ import annotations

import shutil
import tarfile

import pytest
from archives import put, relist
from fakes import built_index, make_document

from qa_service.backup import restoring
from qa_service.backup.restoring import restore_backup
from qa_service.backup.writing import write_backup
from qa_service.config import Settings
from qa_service.disk.kept_records import FEEDBACK_FILE, FolderRecords
from qa_service.errors import BackupError, NoIndex
from qa_service.indexing.keeping.manifest import current_build

NAMES = ("/etc/cron.d/evil", "../evil", "build/../../evil")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A backup of one document, and of the file of verdicts, empty."""
    index_dir = tmp_path_factory.mktemp("index")
    built_index([make_document("The library opens at nine.", "library")], index_dir)
    with FolderRecords(index_dir / FEEDBACK_FILE).writing():
        pass
    write_backup(Settings(index_dir=index_dir), index_dir / "backup.tar")
    return (index_dir / "backup.tar").read_bytes()


@pytest.fixture
def backup(sound, tmp_path):
    (tmp_path / "backup.tar").write_bytes(sound)
    return tmp_path / "backup.tar"


@pytest.fixture
def refused(altered, tmp_path):
    """Restores an altered backup; what it is refused with, once nothing was left behind."""

    def restore(change):
        with pytest.raises(BackupError) as raised:
            restore_backup(altered(change), tmp_path / "elsewhere")
        assert left_in(tmp_path / "elsewhere") == set()
        assert not list(tmp_path.rglob("evil"))
        return str(raised.value)

    return restore


def left_in(folder):
    return {path.name for path in folder.iterdir()} - {".lock"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
@pytest.mark.parametrize("listed", [True, False])
def test_links(refused, kind, listed):
    told = refused(
        lambda it: put(it, "build/words.json", b"", listed, type=kind, linkname="/etc/passwd")
    )
    assert "'build/words.json' is a link" in told
    assert "nothing was restored" in told


@pytest.mark.parametrize("name", NAMES)
def test_names_that_lead_elsewhere(refused, name):
    assert "leads out of the folder" in refused(lambda it: put(it, name, b"!", listed=False))
    assert "is no file of a backup" in refused(lambda it: put(it, name, b"!"))


@pytest.mark.parametrize("kind", [tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_plain_file(refused, kind):
    assert "is no plain file" in refused(lambda it: put(it, "build/words.json", b"", type=kind))


def test_another_hash(refused):
    def flip(members):
        member, data = members["build/words.json"]
        members["build/words.json"] = (member, bytes([data[0] ^ 1]) + data[1:])

    assert "build/words.json is not what was written: its sha256 differs" in refused(flip)


def test_a_file_that_the_manifest_does_not_know(refused):
    assert "build is damaged: more.json" in refused(lambda it: put(it, "build/more.json", b"{}"))


def test_a_file_that_is_no_database(refused):
    assert "feedback.sqlite cannot be used" in refused(
        lambda it: put(it, "feedback.sqlite", b"?" * 99)
    )


def test_what_is_not_listed_or_missing(refused):
    assert "not in its list" in refused(lambda it: put(it, "build/more.json", b"{}", listed=False))
    assert "ends before build/words.json" in refused(lambda it: it.pop("build/words.json"))
    assert "does not begin with backup.json" in refused(lambda it: it.pop("backup.json"))


def test_more_than_the_disk_holds_and_more_than_is_listed(refused):
    words = "build/words.json"
    resize = lambda it: it["files"][words].update(size=2**60)  # noqa: E731
    assert "the disk has room for" in refused(lambda it: relist(it, resize))
    assert "bytes, too many" in refused(
        lambda it: put(it, "backup.json", b" " * (2**20 + 1), listed=False)
    )


def test_a_header_that_would_fill_the_memory(backup, tmp_path):
    header = tarfile.TarInfo("long")
    header.type, header.size = tarfile.XHDTYPE, 2**40
    backup.write_bytes(header.tobuf(tarfile.GNU_FORMAT) + backup.read_bytes())
    with pytest.raises(BackupError, match="one of its headers is too large"):
        restore_backup(backup, tmp_path / "elsewhere")


@pytest.mark.parametrize("name", ["build_format", "backup_format"])
def test_another_format_says_which_version_to_take(refused, name):
    told = refused(
        lambda it: relist(it, lambda values: values.update({name: 99, "service": "9.1"}))
    )
    assert "Restore it with version 9.1, then update and run: qa-service build" in told


@pytest.mark.parametrize("kept", [0, 100, 2_000, 20_000])
def test_half_a_file(backup, tmp_path, kept):
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(BackupError, match="nothing was restored"):
        restore_backup(backup, tmp_path / "elsewhere")
    assert left_in(tmp_path / "elsewhere") == set()


def test_a_restore_that_is_killed_leaves_nothing_that_answers(backup, tmp_path, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(restoring, "_check", kill)
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(backup, tmp_path / "elsewhere")
    assert [name.startswith(".partial-") for name in left_in(tmp_path / "elsewhere")] == [True]
    with pytest.raises(NoIndex):
        current_build(tmp_path / "elsewhere")
    restore_backup(backup, tmp_path / "elsewhere")
    assert not list((tmp_path / "elsewhere").glob(".partial-*"))


def kill(*_):
    raise KeyboardInterrupt
