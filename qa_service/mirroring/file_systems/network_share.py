"""A folder that Windows or Samba shares, by the driver of fsspec, with connections of its own.

The driver's are of the whole process: one that hangs would be asked again and again, and waited
for when the process ends. It also locks a file as long as it is read.
"""

from __future__ import annotations

from typing import Any
from weakref import finalize

import smbclient
from fsspec.implementations.smb import SMBFileSystem

_EVERYTHING = "rwd"
"""What others may do meanwhile to a file that is read: read, write and delete it."""


class NetworkShare(SMBFileSystem):  # type: ignore[misc]
    """See FileSystem."""

    def ls(self, path: str, detail: bool = True, **options: Any) -> list[dict[str, Any]]:
        """See FileSystem."""
        return list(super().ls(path, detail, **self._own, **options))

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        """See FileSystem."""
        return dict(super().info(path, **self._own, **options))

    def _open(self, path: str, mode: str = "rb", *given: Any, **options: Any) -> Any:
        return super()._open(path, mode, *given, **self._own, **options)

    def _connect(self) -> None:
        connections: dict[str, Any] = {}
        self._own = {"connection_cache": connections}
        self.share_access = _EVERYTHING
        smbclient.register_session(
            self.host,
            username=self.username,
            password=self.password,
            port=self._port,
            encrypt=self.encrypt,
            connection_timeout=self.timeout,
            connection_cache=connections,
        )
        finalize(self, _end, connections)


def _end(connections: dict[str, Any]) -> None:
    """Ends them without a word to the server, which may hang."""
    for connection in connections.values():
        connection.disconnect(close=False)
