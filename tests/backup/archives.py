"""Archives as lists of members, to change before they are written."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

from qa_service.backup.contents import CONTENTS_NAME

Member = tuple[tarfile.TarInfo, bytes]
Archive = dict[str, Member]


def members_of(path: Path) -> Archive:
    """What an archive holds, by name and in order."""
    with tarfile.open(path) as archive:
        return {member.name: (member, archive.extractfile(member).read()) for member in archive}


def put(members: Archive, name: str, data: bytes, listed: bool = True, **told: object) -> None:
    """Adds a member, or another content for one that is there; with its hash in the list."""
    member = tarfile.TarInfo(name)
    member.size = len(data)
    for field, value in told.items():
        setattr(member, field, value)
    members[name] = (member, data)
    if listed:
        told = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        relist(members, lambda values: values["files"].update({name: told}))


def relist(members: Archive, change: Callable[[dict], object]) -> None:
    """Changes the list of a backup."""
    values = json.loads(members[CONTENTS_NAME][1])
    change(values)
    put(members, CONTENTS_NAME, json.dumps(values).encode(), listed=False)
