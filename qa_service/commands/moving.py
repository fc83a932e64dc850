"""The commands `backup` and `restore`."""

from __future__ import annotations

import argparse

from qa_service.commands import ANSWERED
from qa_service.config import Settings
from qa_service.errors import BuildFailed

OWNER_ONLY = 0o700


def backup(options: argparse.Namespace, settings: Settings) -> int:
    """Writes the build in use, feedback and settings to a new file."""
    from qa_service.backup.writing import write_backup

    contents = write_backup(settings, options.file)
    print(f"Wrote build {contents.build}, {contents.size / 2**20:.1f} MB, to {options.file}")
    print("The documents, uploaded ones too, tokens and secrets are not in it.")
    return ANSWERED


def restore(options: argparse.Namespace, settings: Settings) -> int:
    """Puts a backup into the index folder."""
    from qa_service.backup.restoring import RESTORED_SETTINGS, restore_backup

    contents = restore_backup(
        options.file,
        settings.index_dir,
        replace=options.replace,
        mode=_mode(settings),
        keep_builds=settings.keep_builds,
    )
    print(f"Restored build {contents.build}, written {contents.written}.")
    print(f"Its settings lie in {settings.index_dir / RESTORED_SETTINGS}, for --config.")
    print("Compare it with the documents here: qa-service check")
    return ANSWERED


def _mode(settings: Settings) -> int:
    """No more than the documents' own readers read the build; where there are none yet, its
    owner alone."""
    from qa_service.indexing.building.corpus import folder_mode

    try:
        return folder_mode(settings.folders)
    except BuildFailed:
        return OWNER_ONLY
