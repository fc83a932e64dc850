"""Two servers that Patroni looks after, with etcd, each a program of its own on the loopback.

Settings are those of docs/deploy/patroni.yml but for places, sizes and times of one test.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import yaml
from process_families import kill_all
from real_postgres import free_port, own_folder, programs, server_user

DEPLOY = Path(__file__).parents[3] / "docs/deploy"
PATRONI = Path(os.environ.get("QA_PATRONI", "/tmp/qa-patroni/bin/patroni"))
NOT_INSTALLED = "needs Patroni and etcd: scripts/test --faults"
_SECONDS = 300


def is_installed() -> bool:
    """Whether both are."""
    return PATRONI.exists() and shutil.which("etcd") is not None


def until(reached: Callable[[], bool]) -> None:
    """Waits until something is so."""
    end = time.monotonic() + _SECONDS
    while not reached():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.1)


class Member:
    """Patroni and the server that it runs."""

    def __init__(self, name: str, etcd: int, folder: Path) -> None:
        self.name = name
        self.port = free_port()
        self._rest = free_port()
        self._folder = folder
        self._settings = folder / f"{name}.yml"
        self._settings.write_text(yaml.safe_dump(_settings()))
        listen, told = f"127.0.0.1:{self.port}", f"127.0.0.1:{self._rest}"
        self._environment = {
            "PATH": f"{programs()}:{os.environ['PATH']}",
            "QA_DATABASE_PASSWORD": "secret",
            "PATRONI_NAME": name,
            "PATRONI_ETCD3_HOSTS": f"127.0.0.1:{etcd}",
            "PATRONI_RESTAPI_LISTEN": told,
            "PATRONI_RESTAPI_CONNECT_ADDRESS": told,
            "PATRONI_POSTGRESQL_LISTEN": listen,
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": listen,
            "PATRONI_POSTGRESQL_DATA_DIR": str(folder / name),
            "PATRONI_POSTGRESQL_BIN_DIR": str(programs()),
            "PATRONI_POSTGRESQL_PGPASS": str(folder / f"{name}.pgpass"),
            "PATRONI_SUPERUSER_USERNAME": "postgres",
            "PATRONI_SUPERUSER_PASSWORD": "other",
            "PATRONI_REPLICATION_USERNAME": "replicator",
            "PATRONI_REPLICATION_PASSWORD": "third",
        }

    _process: subprocess.Popen | None = None

    def start(self) -> None:
        """Starts both, or starts them again after they were killed."""
        self._process = _started([PATRONI, self._settings], self._folder, self._environment)

    def kill(self) -> None:
        """Ends both by SIGKILL; the server is no child of its Patroni."""
        if self._process:
            kill_all(self._process.pid)
            self._process.wait()
        number = self._folder / self.name / "postmaster.pid"
        if number.exists():
            kill_all(int(number.read_text().split()[0]))
            number.unlink()

    def state(self) -> tuple[str, str]:
        """Role and state, as Patroni tells them; empty while it does not."""
        try:
            with urlopen(f"http://127.0.0.1:{self._rest}/patroni", timeout=5) as told:
                found = json.load(told)
        except OSError:
            return "", ""
        return found["role"], found.get("replication_state", found["state"])


class PatroniCluster:
    """Both members; the first is the primary at first."""

    def __init__(self) -> None:
        self._folder = own_folder("qa-patroni-")
        etcd, peers = free_port(), free_port()
        client, peer = f"http://127.0.0.1:{etcd}", f"http://127.0.0.1:{peers}"
        told = [f"--listen-client-urls={client}", f"--advertise-client-urls={client}"]
        told += [f"--listen-peer-urls={peer}", f"--initial-advertise-peer-urls={peer}"]
        told += [f"--initial-cluster=default={peer}", f"--data-dir={self._folder}/etcd"]
        self._etcd = _started(["etcd", *told], self._folder, {})
        self.first, self.second = (Member(name, etcd, self._folder) for name in ("first", "second"))
        try:
            self.first.start()
            until(lambda: self.first.state() == ("primary", "running"))
            self.second.start()
            until(lambda: self.second.state() == ("replica", "streaming"))
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """That of the database which was made with the cluster."""
        places = f"127.0.0.1:{self.first.port},127.0.0.1:{self.second.port}"
        return f"postgresql://qa:secret@{places}/qa"

    def close(self) -> None:
        """Ends all and removes what they wrote."""
        self.first.kill()
        self.second.kill()
        kill_all(self._etcd.pid)
        self._etcd.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _settings() -> dict:
    """Those that are deployed, with a smaller server and where this machine has the script."""
    found = yaml.safe_load((DEPLOY / "patroni.yml").read_text("utf-8"))
    found["bootstrap"]["post_bootstrap"] = str(DEPLOY / "create-database")
    server = found["bootstrap"]["dcs"]["postgresql"]["parameters"]
    server |= {"shared_buffers": "32MB", "maintenance_work_mem": "32MB"}
    found["postgresql"]["parameters"] = {"unix_socket_directories": ""}
    return found


def _started(command: list, folder: Path, environment: dict[str, str]) -> subprocess.Popen:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            list(map(str, command)),
            stdout=log,
            stderr=log,
            cwd=folder,
            user=server_user(),
            env={"PATH": os.environ["PATH"], "ETCDCTL_API": "3", **environment},
        )
