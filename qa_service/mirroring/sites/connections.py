"""Connections to public hosts alone: each to an address that was looked at, and to no other.

A name that leads to several addresses, or to another one each time it is asked for (DNS
rebinding), is of no use: it is resolved once, and that address is connected to.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from qa_service.errors import FetchFailed
from qa_service.translation.sentences import said

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]
TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses that a translator leads to the IPv4 address in their last 32 bits."""
PORTS = {"http": 80, "https": 443}


def pool_of(scheme: str, host: str, port: int | None, allowed: Networks) -> HTTPConnectionPool:
    """Connections to a host, refused with FetchFailed where its address is neither public nor
    of the networks that are allowed besides."""
    plain = scheme == "http"
    pool = HTTPConnectionPool(host, port) if plain else HTTPSConnectionPool(host, port)
    kind = _CheckedConnection if plain else _CheckedTlsConnection
    pool.ConnectionCls = partial(kind, allowed)  # type: ignore[assignment]
    return pool


class _CheckedConnection(HTTPConnection):
    """A connection that goes to none but allowed addresses."""

    def __init__(self, allowed: Networks, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._allowed = allowed

    def _new_conn(self) -> socket.socket:
        return _connected(self.host, self.port, self.timeout, self._allowed)


class _CheckedTlsConnection(_CheckedConnection, HTTPSConnection):
    """The same, encrypted."""


def _connected(host: str, port: int, timeout: Any, allowed: Networks) -> socket.socket:
    """A connection to the first of a host's addresses that takes one."""
    failed: OSError | None = None
    for family, place in _resolved(host, port):
        _require_allowed(host, ip_address(str(place[0]).partition("%")[0]), allowed)
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout)
            connection.connect(place)
            return connection
        except OSError as error:
            connection.close()
            failed = error
    raise FetchFailed(said("%(host)s takes no connection: %(failed)s", host=host, failed=failed))


def _resolved(host: str, port: int) -> Iterator[tuple[socket.AddressFamily, Any]]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchFailed(
            said("the host %(host)s is not found: %(error)s", host=host, error=error.strerror)
        ) from error
    for family, _, _, _, place in found:
        yield family, place


def _require_allowed(host: str, address: Address, allowed: Networks) -> None:
    meant = _meant(address)
    if any(meant in network for network in allowed):
        return
    if not all(one.is_global and not one.is_multicast for one in (address, meant)):
        raise FetchFailed(
            said(
                "%(host)s leads to %(address)s, which is no public address; if that is "
                "meant, add it to site_networks",
                host=host,
                address=address,
            )
        )


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, where it does; else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (0, address))[1]
