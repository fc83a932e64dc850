"""What lies beside the builds, as the settings say where: in their folder, or in the database."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from qa_service.config import Settings
from qa_service.disk.kept_file import FolderFile, KeptFile
from qa_service.disk.whole_files import ANYBODY

if TYPE_CHECKING:
    from qa_service.indexing.engine.postgres.beside import DatabaseRecords
    from qa_service.indexing.engine.postgres.database import Database


def file_beside(settings: Settings, name: str, mode: int = ANYBODY) -> KeptFile:
    """The small file of that name; `mode` is for one in the folder."""
    if settings.engine == "embedded":
        return FolderFile(settings.index_dir / name, mode)
    from qa_service.indexing.engine.postgres.beside import DatabaseFile

    return DatabaseFile(_database(settings.postgres), name)


def records_beside(settings: Settings, name: str) -> DatabaseRecords | None:
    """The records in the database of which a file of that name holds those of a folder; None
    where they lie in the folder."""
    if settings.engine == "embedded":
        return None
    from qa_service.indexing.engine.postgres.beside import DatabaseRecords

    table, most = PurePath(name).stem, settings.max_feedback_megabytes
    return DatabaseRecords(_database(settings.postgres), table, most)


@cache
def _database(address: str) -> Database:
    from qa_service.indexing.engine.postgres.database import Database

    return Database(address)
