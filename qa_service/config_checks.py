"""What a setting may be, and what the machine offers."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qa_service.colours import require_colour
from qa_service.errors import SettingsError
from qa_service.translation.languages import LANGUAGES
from qa_service.translation.sentences import said

FUSIONS = ("weighted_sum", "reciprocal_rank")
ACCESS = ("open", "groups")
ENGINES = ("embedded", "postgres")
ENCODERS = ("auto", "onnx", "sentence_transformers")
WEIGHT_BITS = (8, 32)
WATCHERS = ("loopback", "operator", "everyone")
LOG_FORMATS = ("plain", "json")
CHOICES: dict[str, tuple[object, ...]] = {
    "fusion": FUSIONS,
    "engine": ENGINES,
    "encoder": ENCODERS,
    "access": ACCESS,
    **dict.fromkeys(("encoder_bits", "question_bits", "reader_bits"), WEIGHT_BITS),
    "metrics": WATCHERS,
    "log_format": LOG_FORMATS,
    "language": ("auto", *LANGUAGES),
}
_SHARES = (
    *("keyword_weight", "sentence_weight", "phrase_weight", "name_weight", "neighbour_weight"),
    *("pseudo_feedback_weight", "date_weight", "minimum_confidence", "duplicate_overlap"),
)
_DEPTHS = (
    *("candidates", "rerank_depth", "reader_places"),
    *("max_quotes", "max_quotes_per_document", "max_documents"),
)
_AMOUNTS = ("keep_builds", "max_request_bytes", "max_file_megabytes", "max_uploads_megabytes")
RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(_SHARES, (0, 1)),
    **dict.fromkeys(_DEPTHS, (1, 10_000)),
    **dict.fromkeys(_AMOUNTS, (1, 2**40)),
    **dict.fromkeys(("max_feedback_megabytes", "max_audit_megabytes"), (1, 2**20)),
    "max_picture_megabytes": (0, 2**20),
    "max_file_seconds": (1, 86_400),
    "max_file_total_seconds": (1, 2**20),
    "max_reading_megabytes": (512, 2**20),
    "reading_processes": (0, 64),
    "answer_seconds": (1, 3600),
    "max_waiting": (0, 2**20),
    "processes": (0, 256),
    "port": (0, 65_535),
    "session_hours": (1, 24 * 31),
    "fetch_seconds": (1, 3600),
    "site_pause": (0, 3600),
    "max_site_pages": (1, 2**20),
    "mirror_minutes": (1, 2**20),
}
"""The least and the most of each setting that is a number."""
UPLOADS = "uploads"
SHORTEST_SECRET = 16
LIST_OF_PAGES = ".txt"
"""How the name of a file of addresses ends."""
LOGO_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?", re.ASCII)


def require_sound(values: Mapping[str, Any]) -> None:
    """Raises SettingsError for the first setting that is not what it may be."""
    for name, allowed in CHOICES.items():
        require_choice(name, values[name], allowed)
    for name, (lowest, highest) in RANGES.items():
        require_range(name, values[name], lowest, highest)
    require_database(values["engine"], values["postgres"])
    named_folders(values["collections"])
    addresses(values["collections"])
    origins(values["embed_origins"])
    require_picture(values["logo"])
    for check, names in _CHECKS.items():
        for name in names:
            check(name, values[name])
    require_access(values)
    if values["alerts_mail_to"] and not (values["alerts_mail_from"] and values["smtp_server"]):
        raise SettingsError("alerts_mail_to is set; set alerts_mail_from and smtp_server too")


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
    """The folders of a text "name=folder;name=address". Raises SettingsError for any other."""
    places = _named_places(collections)
    return tuple((name, Path(it).expanduser()) for name, it in places if not _is_address(it))


def addresses(collections: str) -> tuple[tuple[str, str], ...]:
    """The addresses of such a text, with their names. Raises SettingsError as `named_folders`,
    and for an address that holds a password."""
    found = tuple((name, it) for name, it in _named_places(collections) if _is_address(it))
    for name, address in found:
        if _holds_password(address):
            raise SettingsError(
                f"the address of {name} holds a password, which others would see; take it out and "
                "set it as FSSPEC_PROTOCOL_PASSWORD in the environment, such as "
                "FSSPEC_SFTP_PASSWORD"
            )
    return found


def _is_address(place: str) -> bool:
    return "://" in place or place.lower().endswith(LIST_OF_PAGES)


def _holds_password(address: str) -> bool:
    before_host, at, _ = address.partition("://")[2].partition("/")[0].rpartition("@")
    return bool(at) and ":" in before_host


def _named_places(collections: str) -> list[tuple[str, str]]:
    parts = [part.strip() for part in re.split(r"[;\n]", collections) if part.strip()]
    named: dict[str, str] = {}
    for part in parts:
        name, _, place = (piece.strip() for piece in part.partition("="))
        if name == UPLOADS:
            raise SettingsError(f"collections has {part!r}; {UPLOADS} is what operators upload")
        if not re.fullmatch(r"[\w-]+", name) or not place or name in named:
            raise SettingsError(
                f"collections has {part!r}; give NAME=FOLDER or NAME=ADDRESS, each name once, of "
                "letters, digits and hyphens"
            )
        named[name] = place
    return list(named.items())


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


def networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The addresses and networks of a text. Raises SettingsError for what is none."""
    found = []
    for part in text.split():
        try:
            found.append(ip_network(part))
        except ValueError as error:
            raise SettingsError(
                f"{name} has {part!r}; give addresses and networks such as 127.0.0.1 10.0.0.0/8"
            ) from error
    return tuple(found)


WAYS_OF_ACCESS: dict[str, tuple[str, ...]] = {
    "groups_header": (),
    "proxy_token_header": ("proxy_token_keys", "proxy_token_issuer", "proxy_token_audience"),
    "oidc_issuer": ("oidc_client_id", "public_address"),
}
"""The settings by which the server learns the groups of people, and what each needs besides."""
_UNFORGEABLE = re.compile(r"[A-Za-z0-9]*", re.ASCII)


def require_access(values: Mapping[str, Any]) -> None:
    """Raises SettingsError where groups would not be asked for, would be told in two ways, or
    where anybody could tell them."""
    ways = [way for way in WAYS_OF_ACCESS if values[way]]
    if len(ways) > 1:
        raise SettingsError(f"{' and '.join(ways)} are set; set one of them")
    for way in ways:
        if values["access"] == "open":
            raise SettingsError(f"{way} is set, but access is open; set access to groups")
        if missing := [name for name in WAYS_OF_ACCESS[way] if not values[name]]:
            raise SettingsError(f"{way} is set; set {', '.join(missing)} too")
    _require_header_of_proxy(values["groups_header"], values)
    if values["oidc_issuer"]:
        for name in ("oidc_issuer", "public_address"):
            _require_https(name, values[name])


def _require_header_of_proxy(header: str, values: Mapping[str, Any]) -> None:
    if header and not (values["trusted_proxies"] or values["proxy_secret"]):
        raise SettingsError(
            "groups_header is set, and anybody could send it; set trusted_proxies or proxy_secret"
        )
    if not _UNFORGEABLE.fullmatch(header):
        raise SettingsError(
            f"groups_header is {header}; to a Python server _ and - are one character, so that a "
            "client could send it past the proxy in the other spelling. Have the proxy send "
            "a header of letters alone, such as QAGroups, or a signed token (proxy_token_header)"
        )


def _require_https(name: str, value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise SettingsError(f"{name} is {value}; who signs in needs an address of https")


def require_names(host: str, allowed_hosts: str) -> None:
    """Raises SettingsError where others can reach the server and no name is set."""
    if not is_loopback(host) and not allowed_hosts.split():
        raise SettingsError(
            said(
                "host %(host)s lets other computers ask, so allowed_hosts must name what they "
                "reach it by: QA_ALLOWED_HOSTS='qa.example.org 192.0.2.7'. With '*' any name "
                "will do, also one of a page that means harm",
                host=host,
            )
        )


def require_database(engine: str, address: str) -> None:
    """Raises SettingsError where builds are to lie in a database and none is named."""
    if engine == "postgres" and not address:
        raise SettingsError(
            "engine is postgres; set postgres to its address: postgresql://qa@db.example.org/qa"
        )


def require_picture(logo: str) -> None:
    """Raises SettingsError for what is neither empty nor a picture that browsers show."""
    if logo and Path(logo).suffix.lower() not in LOGO_TYPES:
        raise SettingsError(f"logo is {logo!r}; give a file of {', '.join(LOGO_TYPES)}")


_CHECKS: dict[Callable[[str, str], object], tuple[str, ...]] = {
    networks: ("site_networks", "trusted_proxies"),
    require_secret: ("operator_token", "proxy_secret"),
    require_colour: ("accent", "accent_dark"),
    require_site: ("public_address", "alerts_webhook", "oidc_issuer", "traces"),
}
"""What is asked of one setting by itself."""
