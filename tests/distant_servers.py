"""Servers on the loopback at which collections lie, each with something in front of it that can
break: it cuts connections off, or holds what is sent back."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

LOOPBACK = "127.0.0.1"
_numbers = count()


class Store(Protocol):
    """What holds the files of a server."""

    def put(self, name: str, data: bytes) -> None: ...

    def delete(self, name: str) -> None: ...


class Breakable:
    """Passes connections on to a server. `cut_after` is how many bytes of each come back before
    it ends, None for all; while `hangs` none do."""

    def __init__(self, port: int) -> None:
        self.cut_after: int | None = None
        self.hangs = False
        self._port = port
        self._hung: list[socket.socket] = []
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        for client in self._hung:
            client.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection((LOOPBACK, self._port))
                for pipe in (self._forth, self._back):
                    threading.Thread(target=pipe, args=(client, server), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
        server.close()

    def _back(self, client: socket.socket, server: socket.socket) -> None:
        left = self.cut_after
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if self.hangs:
                    self._hung.append(client)
                    return  # neither sends nor closes
                client.sendall(data if left is None else data[:left])
                left = None if left is None else left - len(data)
                if left is not None and left <= 0:
                    break
        for end in (client, server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Distant:
    """A collection elsewhere: its address, what holds its files, and the way to it."""

    address: str
    store: Store
    way: Breakable
    options: dict[str, dict[str, Any]]


@dataclass
class FolderStore:
    """Files of a server that serves a folder."""

    folder: Path

    def put(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def delete(self, name: str) -> None:
        (self.folder / name).unlink()


@dataclass
class BucketStore:
    """Files of a bucket, below a prefix."""

    client: Any
    bucket: str
    prefix: str = "reports"

    def put(self, name: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=f"{self.prefix}/{name}", Body=data)

    def delete(self, name: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=f"{self.prefix}/{name}")


@dataclass
class S3Server:
    """A server of buckets; `client` asks it without anything in between."""

    port: int
    client: Any


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """An S3 server."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address=LOOPBACK, port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    known = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client(
        "s3", endpoint_url=f"http://{LOOPBACK}:{port}", region_name="us-east-1", **known
    )
    try:
        yield S3Server(port, client)
    finally:
        client.close()
        server.stop()


@contextmanager
def s3_bucket(server: S3Server) -> Iterator[Distant]:
    """A bucket of its own on a server."""
    bucket = f"council-{next(_numbers)}"
    server.client.create_bucket(Bucket=bucket)
    way = Breakable(server.port)
    options = {
        "key": "key",
        "secret": "secret",
        "endpoint_url": f"http://{LOOPBACK}:{way.port}",
        "config_kwargs": {"retries": {"total_max_attempts": 1}},
    }
    store = BucketStore(server.client, bucket)
    try:
        yield Distant(f"s3://{bucket}/reports", store, way, {"s3": options})
    finally:
        way.close()


@contextmanager
def webdav_server(folder: Path) -> Iterator[Distant]:
    """A WebDAV server that asks for a password."""
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    (folder / "reports").mkdir(parents=True)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {"reader": {"password": "secret"}}}},
            "http_authenticator": {"accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server((LOOPBACK, 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    way = Breakable(server.bind_addr[1])
    options = {"auth": ["reader", "secret"]}
    address = f"webdav+http://{LOOPBACK}:{way.port}/reports"
    try:
        yield Distant(address, FolderStore(folder / "reports"), way, {"webdav": options})
    finally:
        way.close()
        server.stop()


@contextmanager
def sftp_server(folder: Path) -> Iterator[Distant]:
    """An SFTP server that asks for a password."""
    import asyncssh

    files = folder / "files"
    (files / "reports").mkdir(parents=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    class OnePassword(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("reader", "secret")

    async def listen() -> Any:
        return await asyncssh.listen(
            LOOPBACK,
            0,
            server_factory=OnePassword,
            server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(files)),
        )

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(30)
    way = Breakable(server.sockets[0].getsockname()[1])
    known = folder / "known_hosts"
    public = key.export_public_key("openssh").decode()
    known.write_text(f"[{LOOPBACK}]:{way.port} {public}")
    options = {"password": "secret", "known_hosts": str(known), "client_keys": None}
    address = f"sftp://reader@{LOOPBACK}:{way.port}/reports"
    try:
        yield Distant(address, FolderStore(files / "reports"), way, {"sftp": options})
    finally:
        way.close()
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(server.wait_closed(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()
