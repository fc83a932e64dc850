"""The collections that lie at addresses, all of them mirrored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Protocol

from qa_service.config import Settings
from qa_service.config_checks import LIST_OF_PAGES
from qa_service.mirroring.file_systems.opening import open_file_system
from qa_service.mirroring.mirror_folder import MirrorFolder
from qa_service.mirroring.places import Place
from qa_service.mirroring.refreshing import refresh
from qa_service.mirroring.sites.site import open_site


class Progress(Protocol):
    """What is told how far it is."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""

    def finish(self) -> None:
        """The stage is over."""


def refresh_all(settings: Settings, progress: Progress) -> None:
    """Mirrors what lies at each address, as far as it can be had.

    Raises BuildFailed where one of them never could be listed, MissingPackage and SettingsError
    where there is no driver for it.
    """
    for name, address in settings.addresses:
        place = open_place(address, settings)
        progress.start(f"fetching {name}", None)
        mirror = MirrorFolder(settings.mirror_folder(name))
        refresh(name, address, place, mirror, _telling(progress, name))
        progress.finish()


def open_place(address: str, settings: Settings) -> Place:
    """What lies at an address. Raises MissingPackage and SettingsError."""
    if is_site(address):
        return open_site(address, settings)
    return open_file_system(address, settings)


def is_site(address: str) -> bool:
    """Whether pages of web sites lie there, and not files."""
    return address.startswith(("http://", "https://")) or address.endswith(LIST_OF_PAGES)


def forget_others(settings: Settings) -> None:
    """Removes mirrors of collections that the settings no longer name."""
    named = {name for name, _ in settings.addresses}
    folder = settings.mirror_folder("")
    for other in folder.iterdir() if folder.is_dir() else ():
        if other.name not in named:
            shutil.rmtree(other)


def _telling(progress: Progress, name: str) -> Callable[[int | None], None]:
    def told(total: int | None) -> None:
        if total is None:
            progress.advance()
        else:
            progress.finish()
            progress.start(f"fetching {name}", total)

    return told
