"""What a backup holds, and that it is all that is needed somewhere else."""

from __future__ import annotations

import tarfile
from contextlib import closing
from dataclasses import replace

import pytest
from beside_builds import feedback_in

from qa_service.answering.service import open_service
from qa_service.backup.beside import copy_all
from qa_service.backup.restoring import RESTORED_SETTINGS, restore_backup
from qa_service.backup.writing import write_backup
from qa_service.errors import BackupError, DamagedBuild, NoIndex
from qa_service.indexing.builds.moving import send_build
from qa_service.indexing.engine.postgres.writing.keeping import database_builds
from qa_service.indexing.keeping.build_folders import kept_builds
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Question
from qa_service.settings_sources import load_settings

QUESTION = "What do pupils learn at Harbour school?"


def answered(settings):
    with closing(open_service(settings)) as service:
        return replace(service.ask(Question(QUESTION)), took_ms=0, stages={})


@pytest.mark.usefixtures("fake_model")
def test_what_is_restored_elsewhere_answers_alike(settings, backup, tmp_path):
    restore_backup(backup, tmp_path / "elsewhere")
    found = answered(replace(settings, index_dir=tmp_path / "elsewhere"))
    assert found.answered
    assert found == answered(settings)


def test_verdicts_and_settings_go_along_without_secrets(backup, tmp_path):
    restore_backup(backup, tmp_path)
    assert [it.feedback.question for it in feedback_in(tmp_path).read()] == ["Who sails?"]
    restored = load_settings(environment={}, config_file=tmp_path / RESTORED_SETTINGS)
    assert (restored.title, restored.operator_token) == ("Récords", "")
    assert b"never in a backup" not in backup.read_bytes()


def test_a_backup_is_its_owners_alone_and_tells_nothing_of_the_machine(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as archive:
        told = {(it.uid, it.uname, it.mtime, it.mode, it.isreg()) for it in archive}
    assert told == {(0, "", 0, 0o600, True)}


def test_a_file_that_is_there_is_never_written_over(settings, backup):
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="is there already; choose another name"):
        write_backup(settings, backup)
    assert backup.read_bytes() == before


def test_what_cannot_be_written_whole_is_not_there(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tarfile.TarFile, "addfile", fail)
    with pytest.raises(BackupError, match="the room on its disk"):
        write_backup(settings, tmp_path / "backup.tar")
    assert {path.name for path in tmp_path.iterdir()} == {"index"}


def fail(*_, **__):
    raise OSError("no room")


def test_there_is_no_backup_of_a_damaged_build_or_of_none(settings, tmp_path):
    (current_build(settings.index_dir) / "words.json").write_text("{}")
    with pytest.raises(DamagedBuild, match="build --full"):
        write_backup(settings, tmp_path / "backup.tar")
    with pytest.raises(NoIndex, match="qa-service build"):
        write_backup(replace(settings, index_dir=tmp_path / "none"), tmp_path / "backup.tar")


def test_an_index_that_is_there_is_replaced_only_when_told(settings, backup):
    store = feedback_in(settings.index_dir)
    store.remove(store.read()[0].id)
    with pytest.raises(BackupError, match=r"--index DIR, or add --replace"):
        restore_backup(backup, settings.index_dir)
    assert store.read() == ()
    restore_backup(backup, settings.index_dir, replace=True)
    assert [it.feedback.question for it in store.read()] == ["Who sails?"]
    assert (settings.index_dir / "feedback.sqlite.before-restore").exists()
    assert len(kept_builds(settings.index_dir)) == 1


def test_a_damaged_build_is_replaced_by_its_own_backup(settings, backup):
    (current_build(settings.index_dir) / "words.json").write_text("{}")
    restore_backup(backup, settings.index_dir, replace=True)
    write_backup(settings, backup.with_name("again.tar"))


@pytest.mark.engines
def test_a_database_is_backed_up_with_what_lies_in_it(settings, new_database, tmp_path):
    there = replace(settings, engine="postgres", postgres=new_database())
    send_build(settings.index_dir, database_builds(there.postgres), keep=2)
    list(copy_all(settings, there))
    there = replace(there, index_dir=tmp_path / "nothing")
    contents = write_backup(there, tmp_path / "of_database.tar")
    restore_backup(tmp_path / "of_database.tar", tmp_path / "restored")
    assert contents.build == current_build(settings.index_dir).name
    assert feedback_in(tmp_path / "restored").read() == feedback_in(settings.index_dir).read()
    assert b"never in a backup" not in (tmp_path / "of_database.tar").read_bytes()
