"""What of the collections at addresses could not be had when they were last mirrored."""

from __future__ import annotations

from qa_service.config import Settings
from qa_service.mirroring.mirror_folder import MirrorFolder
from qa_service.nouns.documents import SkippedFile
from qa_service.translation.sentences import said


def unfetched(settings: Settings) -> list[SkippedFile]:
    """What could not be had when the mirrors were last made, as files that are not read."""
    found = []
    for name, address in settings.addresses:
        for about, reason in MirrorFolder(settings.mirror_folder(name)).state(address).problems:
            web = "://" in about
            source = about if web else f"{name}/{about}" if about else name
            found.append(SkippedFile(source, reason))
    return found


def never_mirrored(settings: Settings) -> list[str]:
    """A sentence for each address of which no listing was ever had whole."""
    return [
        said(
            "%(name)s (%(address)s) was not fetched yet; run: qa-service build",
            name=name,
            address=address,
        )
        for name, address in settings.addresses
        if not MirrorFolder(settings.mirror_folder(name)).state(address).completed
    ]
