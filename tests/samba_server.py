"""Debian's Samba on the loopback, sharing a folder by a user and password of its own."""

from __future__ import annotations

import getpass
import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distant_servers import LOOPBACK, Breakable, Distant, FolderStore

SMBD = shutil.which("smbd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
with_samba = pytest.param(
    "smb",
    marks=pytest.mark.skipif(
        SMBD is None or importlib.util.find_spec("smbclient") is None,
        reason="needs a server and its client: apt-get install samba; pip install smbprotocol",
    ),
)
PASSWORD = "secret"
_START_SECONDS = 120
SETTINGS = """[global]
server role = standalone server
interfaces = {loopback}
bind interfaces only = yes
smb ports = {port}
passdb backend = smbpasswd:{folder}/smbpasswd
private dir = {folder}
lock directory = {folder}
state directory = {folder}
cache directory = {folder}
pid directory = {folder}
ncalrpc dir = {folder}/ncalrpc
log file = {folder}/log
disable spoolss = yes
load printers = no
[council]
path = {shared}
read only = no
"""


@contextmanager
def samba_server(folder: Path) -> Iterator[tuple[int, Path]]:
    """The port of a server, and the folder that it shares as "council"."""
    shared = folder / "shared"
    shared.mkdir(parents=True)
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "smb.conf"
    settings.write_text(SETTINGS.format(folder=folder, shared=shared, port=port, loopback=LOOPBACK))
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    add = ["smbpasswd", "-c", settings, "-s", "-a", getpass.getuser()]
    subprocess.run(add, input=twice, text=True, check=True, capture_output=True)
    command = [SMBD, "-s", settings, "--foreground", "--no-process-group"]
    with (folder / "out").open("w") as out:
        # As it ends it ends its whole group of processes: that must not be the tests'.
        server = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait_for(port, server)
        yield port, shared
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("smbd does not answer")


@contextmanager
def smb_share(port: int, folder: Path) -> Iterator[Distant]:
    """A folder of its own in what the server at the port shares."""
    folder.mkdir()
    way = Breakable(port)
    options = {"username": getpass.getuser(), "password": PASSWORD}
    address = f"smb://{LOOPBACK}:{way.port}/council/{folder.name}"
    try:
        yield Distant(address, FolderStore(folder), way, {"smb": options})
    finally:
        way.close()
