"""The commands `backup`, `restore` and `move`."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable

from qa_service.commands import ANSWERED
from qa_service.config import Settings
from qa_service.errors import BuildFailed, NoIndex

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
    if settings.engine != "embedded":
        print("To put it into the database: qa-service move --to ADDRESS")
    print("Compare it with the documents here: qa-service check")
    return ANSWERED


def move(options: argparse.Namespace, settings: Settings) -> int:
    """Copies the build in use into a database, or the one in use there back, with what people
    left beside it."""
    from qa_service.backup.beside import copy_all
    from qa_service.indexing.builds.moving import bring_build, send_build
    from qa_service.indexing.engine.postgres.writing.keeping import database_builds

    address = options.to or options.back
    builds = database_builds(address)
    folder = dataclasses.replace(settings, engine="embedded")
    database = dataclasses.replace(settings, engine="postgres", postgres=address)
    if options.to:
        build = send_build(settings.index_dir, builds, settings.keep_builds)
        print(f"Build {build} is in use in the database; what is there was compared by its hash.")
        _print_lines(copy_all(folder, database))
        print("To ask it: QA_ENGINE=postgres and QA_POSTGRES, the address.")
        return ANSWERED
    brought = bring_build(settings.index_dir, builds, _mode(settings))
    if brought is None:
        raise NoIndex("there is no index in the database; run: qa-service move --to ADDRESS")
    print(f"Build {brought} is in use in {settings.index_dir}; it was compared by its hash.")
    _print_lines(copy_all(database, folder))
    return ANSWERED


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _mode(settings: Settings) -> int:
    """No more than the documents' own readers read the build; where there are none yet, its
    owner alone."""
    from qa_service.indexing.building.corpus import folder_mode

    try:
        return folder_mode(settings.folders)
    except BuildFailed:
        return OWNER_ONLY
