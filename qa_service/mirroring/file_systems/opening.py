"""The file system that an address names, by its driver."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from qa_service.config import Settings
from qa_service.errors import MissingPackage, SettingsError
from qa_service.mirroring.file_systems.file_system import FileSystem, FileSystemPlace
from qa_service.translation.sentences import said

SMB = "smb"
EXTRAS = {
    **dict.fromkeys(("s3", "s3a"), "s3"),
    **dict.fromkeys(("az", "abfs", "abfss", "adl"), "azure"),
    **dict.fromkeys(("gs", "gcs"), "gcs"),
    **dict.fromkeys(("webdav", "webdav+http"), "webdav"),
    **dict.fromkeys(("sftp", "ssh"), "sftp"),
    SMB: "smb",
}
"""By the scheme of an address, the extra that brings its driver."""
OWN_FILES = ("file", "local", "memory")
WEBDAV = "webdav"
WEBDAV_SITES = {"webdav": "https", "webdav+http": "http"}


def open_file_system(address: str, settings: Settings) -> FileSystemPlace:
    """The place at an address of any scheme that fsspec knows.

    Raises MissingPackage where its driver is not installed, SettingsError where there is none.
    """
    scheme = address.partition("://")[0]
    if scheme in OWN_FILES or "::" in address:
        raise SettingsError(
            said("collections has %(address)s; give the folder itself", address=repr(address))
        )
    _require_driver(scheme, address)
    return FileSystemPlace(
        partial(_connected, scheme, address, settings.fetch_seconds),
        address.rstrip("/"),
        settings.fetch_seconds,
        settings.max_file_megabytes * 2**20,
    )


def _require_driver(scheme: str, address: str) -> None:
    from fsspec.registry import get_filesystem_class

    try:
        get_filesystem_class(WEBDAV if scheme in WEBDAV_SITES else scheme)
    except ImportError as error:
        extra = EXTRAS.get(scheme)
        mend = (
            said("run: pip install 'qa-service[%(extra)s]'", extra=extra)
            if extra
            else said("install that")
        )
        raise MissingPackage(
            said(
                "%(address)s needs a driver (%(error)s); %(fix)s",
                address=address,
                error=error,
                fix=mend,
            )
        ) from error
    except ValueError as error:
        raise SettingsError(
            said(
                "collections has %(address)s, of which no driver is known; give a folder, or "
                "an address that begins with one of %(names)s or https",
                address=repr(address),
                names=", ".join(EXTRAS),
            )
        ) from error


def _connected(scheme: str, address: str, seconds: float) -> tuple[FileSystem, str]:
    """The file system and the path in it. May raise anything, and takes its time."""
    from fsspec.core import url_to_fs

    if scheme in WEBDAV_SITES:
        return _web_folder(WEBDAV_SITES[scheme], address, seconds)
    if scheme == SMB:
        return _network_share(address)
    system, root = url_to_fs(address, skip_instance_cache=True, **_options(scheme))
    return system, root


def _options(scheme: str) -> dict[str, Any]:
    """The keys of hosts that the user knows, where the driver of SFTP would believe any."""
    from fsspec.config import conf

    own = scheme in ("sftp", "ssh") and "known_hosts" not in conf.get(scheme, {})
    return {"known_hosts": ()} if own else {}


def _web_folder(web: str, address: str, seconds: float) -> tuple[FileSystem, str]:
    from fsspec.config import conf
    from fsspec.registry import get_filesystem_class

    parts = urlsplit(address)
    options: dict[str, Any] = {"timeout": seconds} | conf.get(WEBDAV, {})
    if isinstance(options.get("auth"), list):  # as JSON has it
        options["auth"] = tuple(options["auth"])
    driver = get_filesystem_class(WEBDAV)
    return driver(f"{web}://{parts.netloc}", skip_instance_cache=True, **options), parts.path


def _network_share(address: str) -> tuple[FileSystem, str]:
    from qa_service.mirroring.file_systems.network_share import NetworkShare

    options = NetworkShare._get_kwargs_from_urls(address)
    return NetworkShare(skip_instance_cache=True, **options), NetworkShare._strip_protocol(address)
