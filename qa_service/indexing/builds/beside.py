"""What lies beside the builds, as the settings say where: in their folder, or in the database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from qa_service.config import Settings
from qa_service.config_checks import UPLOADS
from qa_service.disk.kept_file import FolderFile, KeptFile
from qa_service.disk.kept_records import FolderRecords, Records
from qa_service.disk.whole_files import ANYBODY
from qa_service.indexing.keeping.uploads import (
    FolderUploads,
    KeptUploads,
    fetch_uploads,
    mirror_uploads,
)


def file_beside(settings: Settings, name: str, mode: int = ANYBODY) -> KeptFile:
    """The small file of that name; `mode` is for one in the folder."""
    if settings.engine == "embedded":
        return FolderFile(settings.index_dir / name, mode)
    from qa_service.indexing.engine.postgres.beside import DatabaseFile
    from qa_service.indexing.engine.postgres.database import database_at

    return DatabaseFile(database_at(settings.postgres), name)


def records_beside(settings: Settings, name: str) -> Records:
    """The records that a file of that name holds, in the folder."""
    most = settings.max_feedback_megabytes
    if settings.engine == "embedded":
        return FolderRecords(settings.index_dir / name, most)
    from qa_service.indexing.engine.postgres.beside import DatabaseRecords
    from qa_service.indexing.engine.postgres.database import database_at

    return DatabaseRecords(database_at(settings.postgres), PurePath(name).stem, most)


def uploads_beside(settings: Settings) -> KeptUploads:
    """What was uploaded. A folder that the settings name is shared by all machines as it is."""
    if not _are_in_database(settings):
        return FolderUploads(settings.uploads_folder)
    from qa_service.indexing.engine.postgres.database import database_at
    from qa_service.indexing.engine.postgres.uploads import DatabaseUploads

    return DatabaseUploads(database_at(settings.postgres))


def bring_uploads(settings: Settings) -> None:
    """Makes the folder of uploads hold what a database does, where they lie in one."""
    if _are_in_database(settings):
        mirror_uploads(uploads_beside(settings), settings.uploads_folder)


def fetch_originals(settings: Settings, sources: Iterable[str]) -> None:
    """Has the folder of uploads hold the files of some sources, where a database has them."""
    if _are_in_database(settings):
        beginning = f"{UPLOADS}/"
        names = [it.removeprefix(beginning) for it in sources if it.startswith(beginning)]
        files = {name.partition("/")[0] for name in names}
        if files:
            fetch_uploads(uploads_beside(settings), settings.uploads_folder, files)


def _are_in_database(settings: Settings) -> bool:
    return settings.engine != "embedded" and not settings.uploads_dir
