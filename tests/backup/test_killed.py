"""What is left of backups and restorings that were killed before each change of a name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from beside_builds import feedback_in

from qa_service.backup.restoring import ASIDE, restore_backup
from qa_service.backup.writing import write_backup
from qa_service.errors import BackupError
from qa_service.indexing.keeping.manifest import current_build, read_manifest, verify_files

PROGRAM = Path(__file__).with_name("killed.py")
VERDICTS = "feedback.sqlite"


@pytest.fixture
def left(settings, tmp_path) -> Path:
    """The folder in which everything was killed."""
    folder = tmp_path / "killed"
    folder.mkdir()
    command = [sys.executable, PROGRAM, settings.index_dir, folder]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    return folder


def killed_restorings(folder):
    """All but the last, which nothing killed any more."""
    return sorted(folder.glob("restored-*"))[:-1]


def verdicts(folder):
    return [it.feedback.question for it in feedback_in(folder).read()]


def test_no_half_backup_ever_has_its_final_name(left, settings, tmp_path):
    named = [path for path in left.glob("*.tar") if path.name != "whole.tar"]
    for path in named:
        restore_backup(path, tmp_path / f"of-{path.stem}")
    assert [path.name for path in named] == ["2.tar"]
    write_backup(settings, left / "1.tar")


def test_a_restoring_that_was_killed_leaves_a_sound_build(left, settings):
    assert len(killed_restorings(left)) >= 4
    for folder in killed_restorings(left):
        build = current_build(folder)
        verify_files(build, read_manifest(build), anew=True)
        assert build.name == current_build(settings.index_dir).name


def test_a_restoring_that_was_killed_is_refused_or_completed_and_loses_nothing(left):
    for folder in killed_restorings(left):
        with pytest.raises(BackupError, match="--replace"):
            restore_backup(left / "whole.tar", folder)
        restore_backup(left / "whole.tar", folder, replace=True)
        assert verdicts(folder) == ["Who sails?"]
        (folder / VERDICTS).unlink()
        (folder / f"{VERDICTS}{ASIDE}").rename(folder / VERDICTS)
        assert verdicts(folder) == ["Who sails?"]
