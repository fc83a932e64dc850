"""What a setting may be, and what the machine offers."""

from __future__ import annotations

import os
import re
import sys
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from qa_service.errors import SettingsError

UPLOADS = "uploads"
SHORTEST_SECRET = 16
LOGO_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?", re.ASCII)


def is_loopback(host: str) -> bool:
    """Whether a host name or an address without brackets is this computer's loopback."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def cores() -> int:
    """Those that this process may run on, where the system tells."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def named_folders(collections: str) -> tuple[tuple[str, Path], ...]:
    """The pairs of a text "name=folder;name=folder". Raises SettingsError for any other."""
    parts = [part.strip() for part in re.split(r"[;\n]", collections) if part.strip()]
    named: dict[str, Path] = {}
    for part in parts:
        name, _, folder = (piece.strip() for piece in part.partition("="))
        if name == UPLOADS:
            raise SettingsError(f"collections has {part!r}; {UPLOADS} is what operators upload")
        if not re.fullmatch(r"[\w-]+", name) or not folder or name in named:
            raise SettingsError(
                f"collections has {part!r}; give NAME=FOLDER, each name once, of letters, digits "
                "and hyphens"
            )
        named[name] = Path(folder).expanduser()
    return tuple(named.items())


def origins(text: str) -> tuple[str, ...]:
    """The origins of a text. Raises SettingsError for what is none."""
    for origin in text.split():
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"embed_origins has {origin!r}; give addresses of sites without a path, such as "
                "https://www.example.org"
            )
    return tuple(text.split())


def require_choice(name: str, value: object, choices: tuple[object, ...]) -> None:
    """Raises SettingsError where the value is none of the choices."""
    if value not in choices:
        raise SettingsError(f"{name} is {value!r}; use one of {', '.join(map(str, choices))}")


def require_range(name: str, value: float, low: float, high: float) -> None:
    """Raises SettingsError where the value lies outside of the bounds, which are inclusive."""
    if not low <= value <= high:
        raise SettingsError(f"{name} is {value}; it must lie between {low} and {high}")


def require_site(name: str, value: str) -> None:
    """Raises SettingsError for what is neither empty nor a whole web address."""
    try:
        parts = urlsplit(value)
        sound = not value or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{name} is no web address; give one such as https://qa.example.org")


def require_secret(name: str, value: str) -> None:
    """Raises SettingsError for a secret that could be guessed; none at all is sound."""
    if value and len(value) < SHORTEST_SECRET:
        raise SettingsError(
            f"{name} is shorter than {SHORTEST_SECRET} characters; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        )


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The addresses and networks of a text. Raises SettingsError for what is none."""
    found = []
    for part in text.split():
        try:
            found.append(ip_network(part))
        except ValueError as error:
            raise SettingsError(
                f"trusted_proxies has {part!r}; give addresses and networks such as "
                "127.0.0.1 10.0.0.0/8"
            ) from error
    return tuple(found)


def require_trust(access: str, groups_header: str, trusted: str) -> None:
    """Raises SettingsError where a header of groups would not be asked for, or anybody could
    send one."""
    if groups_header and access == "open":
        raise SettingsError("groups_header is set, but access is open; set access to groups")
    if groups_header and not trusted:
        raise SettingsError(
            "groups_header is set, and anybody could send it; set trusted_proxies or proxy_secret"
        )


def require_picture(logo: str) -> None:
    """Raises SettingsError for what is neither empty nor a picture that browsers show."""
    if logo and Path(logo).suffix.lower() not in LOGO_TYPES:
        raise SettingsError(f"logo is {logo!r}; give a file of {', '.join(LOGO_TYPES)}")
