"""What a backup holds: the first member of its archive lists all the others."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from qa_service.backup.beside import FILES, RECORDS
from qa_service.errors import BackupError
from qa_service.indexing.keeping.manifest import FORMAT_VERSION, MANIFEST_NAME, is_build_name

BACKUP_FORMAT = 1
CONTENTS_NAME = "backup.json"
SETTINGS_NAME = "settings.toml"
BUILD_FOLDER = "build"
BESIDE = (*RECORDS, *FILES)
"""Files of the index folder that outlive builds, and hold no secret."""
_PLAIN_PATH = re.compile(rf"{BUILD_FOLDER}(/\w[\w.-]*)+", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """The bytes of a member of the archive, and their sha256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """`files` are the members of the archive by name; `service` is the version that wrote them,
    `build_format` that of the build."""

    build: str
    build_format: int
    service: str
    written: str
    files: dict[str, ListedFile]

    @property
    def size(self) -> int:
        """Bytes of all members together."""
        return sum(file.size for file in self.files.values())


def contents_json(contents: Contents) -> bytes:
    """The list as it stands in the archive."""
    values = {"backup_format": BACKUP_FORMAT} | asdict(contents)
    return json.dumps(values, indent=1).encode()


def parse_contents(data: bytes, here: str) -> Contents:
    """The list of a backup, each of its names being one that a backup has; `here` is the version
    of the service that reads it. Raises BackupError, also where the build has another format.
    """
    try:
        values: dict[str, Any] = json.loads(data)
        _require_our_format(values, here)
        del values["backup_format"]
        files = {name: ListedFile(**file) for name, file in values.pop("files").items()}
        contents = Contents(**values, files=files)
        if not is_build_name(contents.build) or f"{BUILD_FOLDER}/{MANIFEST_NAME}" not in files:
            raise ValueError("it names no build")
        for name, file in files.items():
            _require_plain(name, file)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"its list {CONTENTS_NAME} cannot be used ({error})") from error
    return contents


def _require_our_format(values: dict[str, Any], here: str) -> None:
    """Raises BackupError where this version does not read the build, or the list itself."""
    formats = (values["backup_format"], values["build_format"])
    if formats != (BACKUP_FORMAT, FORMAT_VERSION):
        raise BackupError(
            f"version {values['service']} wrote it, with a build of format {formats[1]}; this is "
            f"version {here}, which reads format {FORMAT_VERSION}. Restore it with version "
            f"{values['service']}, then update and run: qa-service build"
        )


def _require_plain(name: str, file: ListedFile) -> None:
    if not (name in (*BESIDE, SETTINGS_NAME) or _PLAIN_PATH.fullmatch(name)):
        raise ValueError(f"{name!r} is no file of a backup")
    if type(file.size) is not int or file.size < 0 or not _SHA256.fullmatch(file.sha256):
        raise ValueError(f"{name} has no size or no sha256")
