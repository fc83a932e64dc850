"""Collections that lie on servers of the loopback, and mirrors of them."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import count
from pathlib import Path

import fsspec.config
import pytest
from distant_servers import (
    Distant,
    S3Server,
    s3_bucket,
    s3_server,
    sftp_server,
    webdav_server,
)
from samba_server import samba_server, smb_share, with_samba
from site_server import Site

from qa_service.config import Settings
from qa_service.indexing.building.progress import NoProgress
from qa_service.mirroring.mirrors import refresh_all
from qa_service.mirroring.unfetched import unfetched

SECONDS = 20
_numbers = count()
NAMES = ("s3", "webdav", "sftp", with_samba)


class Mirrored:
    """One collection, called "reports", and the folder that it is mirrored into."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.files = settings.mirror_folder("reports") / "files"

    def refresh(self, **changed: object) -> list[str]:
        """Mirrors it, and returns what could not be had."""
        settings = replace(self.settings, **changed)
        refresh_all(settings, NoProgress())
        return [f"{item.source}: {item.reason}" for item in unfetched(settings)]

    @property
    def held(self) -> dict[str, str]:
        """What the mirror's files hold, by name."""
        found = sorted(path for path in self.files.rglob("*") if path.is_file())
        return {str(path.relative_to(self.files)): path.read_text() for path in found}


@pytest.fixture
def mirrored(tmp_path: Path) -> Callable[..., Mirrored]:
    """A mirror of an address."""

    def of(address: str, **changed: object) -> Mirrored:
        settings = Settings(
            collections=f"reports={address}",
            index_dir=tmp_path / "index",
            fetch_seconds=SECONDS,
            site_pause=0,
            site_networks="127.0.0.1",
        )
        return Mirrored(replace(settings, **changed))

    return of


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """One server for all tests, as it takes long to start."""
    with s3_server() as found:
        yield found


@pytest.fixture(scope="session")
def samba(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """One server for all tests: its port, and the folder that it shares."""
    with samba_server(tmp_path_factory.mktemp("samba")) as found:
        yield found


@pytest.fixture
def share(request: pytest.FixtureRequest) -> AbstractContextManager[Distant]:
    """A folder of its own on that server."""
    port, shared = request.getfixturevalue("samba")
    return smb_share(port, shared / f"reports-{next(_numbers)}")


@pytest.fixture(params=NAMES)
def distant(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Distant]:
    """A collection on each kind of server in turn, with two files."""
    servers = {
        "s3": lambda: s3_bucket(request.getfixturevalue("s3")),
        "webdav": lambda: webdav_server(tmp_path / "webdav"),
        "sftp": lambda: sftp_server(tmp_path / "sftp"),
        "smb": lambda: request.getfixturevalue("share"),
    }
    with servers[request.param]() as found, warnings.catch_warnings():
        for scheme, options in found.options.items():
            monkeypatch.setitem(fsspec.config.conf, scheme, options)
        found.store.put("borders.md", b"Borders")
        found.store.put("2023/visit.md", b"Visit")
        yield found
        warnings.simplefilter("ignore")
        gc.collect()  # drivers end their connections once they are collected


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of two pages that its sitemap lists."""
    found = Site()
    found.page("/borders.html", "Borders")
    found.page("/2023/visit", "Visit")
    found.lists("/borders.html", "/2023/visit")
    yield found
    found.close()
