"""A disk that is full while a build is put into a database."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from engines_under_test import PostgresEngine
from fakes import make_document
from real_postgres import PostgresServer, own_folder

from qa_service.errors import EngineUnavailable

pytestmark = pytest.mark.engines


@pytest.fixture
def small_disk() -> Iterator[Path]:
    folder = own_folder("small")
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def engine(
    postgres_server: PostgresServer, small_disk: Path, tmp_path: Path
) -> Iterator[PostgresEngine]:
    postgres_server.new_place(small_disk)
    address = postgres_server.new_database(f"TABLESPACE {small_disk.name}")
    with closing(PostgresEngine(tmp_path / "index", address)) as made:
        yield made
    postgres_server.command(f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)")
    postgres_server.command(f"DROP TABLESPACE {small_disk.name}")


def test_questions_go_on_and_nothing_stays_of_the_build_that_found_no_room(
    engine, small_disk, reports
) -> None:
    first = engine.publish(*reports)
    free = int(subprocess.check_output(["df", "--output=avail", "-k", small_disk]).split()[1])
    (small_disk / "filler").write_bytes(bytes(1024 * (free - 300)))
    many = [make_document(f"Boat {n} sails. " * 400, f"boat{n}") for n in range(20)]
    with pytest.raises(EngineUnavailable, match="has no room left"):
        engine.publish(*reports, *many)
    with engine.reading() as opened:
        assert (opened.info.build, len(opened.store.passages([0]))) == (first, 1)
    assert engine.builds.names() == {first}
    (small_disk / "filler").unlink()
    second = engine.publish(*reports, *many)
    assert engine.builds.in_use() == second
