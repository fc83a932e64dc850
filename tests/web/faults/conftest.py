"""A primary, its standby, builds in them, and a server of this service over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import real_postgres
from clusters import Cluster
from engines_under_test import PostgresEngine
from meanwhile import DatabaseServer, documents_of


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    if not real_postgres.is_installed():
        pytest.skip(real_postgres.NOT_INSTALLED)
    with closing(Cluster()) as made:
        yield made


@pytest.fixture(scope="module")
def engine(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresEngine]:
    """An engine over both servers, with edition one in use."""
    folder = tmp_path_factory.mktemp("builds")
    with closing(PostgresEngine(folder, cluster.address())) as made:
        made.publish(*documents_of("one"))
        cluster.standby.catch_up(cluster.primary)
        yield made


@pytest.fixture(scope="module")
def serving(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], DatabaseServer]]:
    """Starts servers, each over the database at an address."""
    folder: Path = tmp_path_factory.mktemp("serving")
    with ExitStack() as opened:
        yield lambda address: opened.enter_context(closing(DatabaseServer(address, folder)))


@pytest.fixture(scope="module")
def server(engine: PostgresEngine, serving: Callable[[str], DatabaseServer]) -> DatabaseServer:
    """One that gives a statement up after a second."""
    options = "application_name=pages&options=-c%20statement_timeout%3D1000"
    return serving(f"{engine.address}?{options}")
