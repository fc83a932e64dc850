"""`doctor`: what this machine lacks for the service, and how to mend it."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Literal

from qa_service.commands import ANSWERED, FAILED, json_text
from qa_service.config import DEFAULT_MODEL, Settings
from qa_service.config_checks import require_names
from qa_service.errors import (
    IndexingError,
    MissingPackage,
    NoIndex,
    QAServiceError,
    SettingsError,
)
from qa_service.plain_names import plain_name

State = Literal["ok", "note", "missing"]
MEGABYTE = 2**20
SERVING_MEGABYTES, ANSWERING_MEGABYTES = 200, 350
"""Of the process that serves, and of each that answers, over some thousand passages."""
LEAST_FREE_MEGABYTES = 1024
ROOM_FOR_BUILDS = 2
"""A build is written beside the one in use, so the disk holds the index this many times."""
CLOCK_SLACK_SECONDS = 24 * 3600
CONTROL_GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and found; `mend` says what to do, empty where nothing has to be.

    Of the states, "note" does not keep the service from working.
    """

    about: str
    state: State
    found: str
    mend: str = ""


def doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Prints a line for each thing that is looked at; 1 where something is missing."""
    findings = [finding for look in _LOOKS for finding in look(settings)]
    if options.json:
        print(json_text([asdict(finding) for finding in findings]))
    else:
        print("\n".join(map(_line, findings)))
    return FAILED if any(item.state == "missing" for item in findings) else ANSWERED


def _line(finding: Finding) -> str:
    text = f"{finding.about}: {finding.found}"
    told = plain_name(f"{text}; {finding.mend}" if finding.mend else text)
    return f"{finding.state:7} {told}"


def model(settings: Settings) -> Iterator[Finding]:
    """Whether the weights are there and those that were published."""
    from qa_service.answering.evidence.passage_reader_opening import PASSAGE_WEIGHTS_FILE
    from qa_service.answering.resolving.opening import TERM_WEIGHTS_FILE
    from qa_service.indexing.encoding.embedding import default_model_path

    try:
        if settings.model == DEFAULT_MODEL:
            default_model_path()
            yield Finding("model", "ok", "its sha256 is that of the published model")
        else:
            yield Finding("model", "note", f"{settings.model} is your own; its hash is not known")
    except IndexingError as error:
        yield Finding("model", "missing", str(error))
    for weights in (PASSAGE_WEIGHTS_FILE, TERM_WEIGHTS_FILE) if settings.reader else ():
        if not weights.is_file():
            mend = "install the package again: pip install --force-reinstall qa-service"
            yield Finding("reader", "missing", f"{weights} is not there", mend)


def recognition(_: Settings) -> Iterator[Finding]:
    """Whether scans can be read, and in which languages."""
    from qa_service.reading.formats.scans.ocr import ocr_languages, ocr_program

    program = ocr_program()
    if program is None:
        mend = "to read scans: apt-get install tesseract-ocr tesseract-ocr-eng"
        yield Finding("text recognition", "note", "Tesseract is not installed", mend)
        return
    try:
        languages = ocr_languages(program).replace("+", ", ")
    except (OSError, subprocess.SubprocessError) as error:
        mend = "install it again: apt-get install --reinstall tesseract-ocr"
        yield Finding("text recognition", "missing", f"{program} does not run: {error}", mend)
        return
    if not languages:
        mend = "to read scans: apt-get install tesseract-ocr-eng"
        yield Finding("text recognition", "note", f"{program} has no language to read", mend)
        return
    mend = "for others: apt-get install tesseract-ocr-LANGUAGE, as tesseract-ocr-cym"
    yield Finding("text recognition", "ok", f"Tesseract reads {languages}", mend)


def memory(settings: Settings) -> Iterator[Finding]:
    """Whether the processes that serve and answer have room."""
    free = free_megabytes()
    if free is None:
        return
    wanted = SERVING_MEGABYTES + settings.answering_processes * ANSWERING_MEGABYTES
    found = f"{free:,} MB are free; {settings.answering_processes} answering processes and the one "
    found += f"that serves take about {wanted:,} MB"
    fewer = "set QA_PROCESSES=1, or " if free >= SERVING_MEGABYTES + ANSWERING_MEGABYTES else ""
    mend = "" if free >= wanted else f"{fewer}give the machine more memory"
    yield Finding("memory", "missing" if mend else "ok", found, mend)


def free_megabytes(limit: Path = CONTROL_GROUP_LIMIT) -> int | None:
    """Memory that may still be taken, a container's limit included; None where unknown."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    free = next((int(row.split()[1]) // 1024 for row in lines if row[:13] == "MemAvailable:"), None)
    allowed = limit.read_text("ascii").strip() if limit.is_file() else ""
    if free is None or not allowed.isdigit():
        return free
    return min(free, int(allowed) // MEGABYTE)


def folders(settings: Settings) -> Iterator[Finding]:
    """Whether documents can be read, and the index and exported models written."""
    for _, folder in settings.folders:
        if not os.access(folder, os.R_OK | os.X_OK):
            mend = "make it, or name another with --corpus DIR or QA_CORPUS_DIR"
            yield Finding("documents", "missing", f"{folder} cannot be read", mend)
    for about, folder, name in (
        ("index", settings.index_dir, "QA_INDEX_DIR"),
        ("cache", settings.cache_dir.expanduser(), "QA_CACHE_DIR"),
    ):
        there = _nearest_there(folder)
        may = os.access(there, os.W_OK | os.X_OK)
        mend = f"chown it to the user that serves, or name another with {name}"
        yield (
            Finding(about, "ok", f"{folder} can be written")
            if may
            else Finding(about, "missing", f"{there} cannot be written", mend)
        )


def addresses(settings: Settings) -> Iterator[Finding]:
    """Whether what collections lie at can be listed."""
    from qa_service.mirroring.mirrors import open_place

    for name, place in settings.addresses:
        try:
            count = len(open_place(place, settings).listing().entries)
            yield Finding("address", "ok", f"{name}: {count:,} files or pages at {place}")
        except QAServiceError as error:
            mend = "the documents fetched before stay until that is mended"
            yield Finding("address", "missing", f"{name}: {place}: {error}", mend)


def packages(settings: Settings) -> Iterator[Finding]:
    """Whether what the settings ask for is installed, where that comes with an extra."""
    for wanted, module, extra in (
        (settings.traces, "qa_service.web.tracing.spans", "tracing"),
        (settings.oidc_issuer, "qa_service.web.signing_in.provider", "oidc"),
        (settings.proxy_token_header, "qa_service.web.access.signed_tokens", "oidc"),
    ):
        if wanted:
            try:
                import_module(module)
                yield Finding("packages", "ok", f"what {extra} needs is installed")
            except ModuleNotFoundError as error:
                mend = f"run: pip install 'qa-service[{extra}]'"
                yield Finding("packages", "missing", f"the settings need {error.name}", mend)


def disk(settings: Settings) -> Iterator[Finding]:
    """Whether another build has room beside the one in use."""
    held = sum(path.stat().st_size for path in settings.index_dir.rglob("*") if path.is_file())
    wanted = max(LEAST_FREE_MEGABYTES, ROOM_FOR_BUILDS * held // MEGABYTE)
    free = shutil.disk_usage(_nearest_there(settings.index_dir)).free // MEGABYTE
    found = f"{free:,} MB are free at {settings.index_dir}; builds want {wanted:,} MB"
    mend = "" if free >= wanted else "make room, or keep fewer builds: QA_KEEP_BUILDS=1"
    yield Finding("disk", "missing" if mend else "ok", found, mend)


def address(settings: Settings) -> Iterator[Finding]:
    """Whether the port is free, and others have names to reach the server by."""
    try:
        require_names(settings.host, settings.allowed_hosts)
    except SettingsError as error:
        yield Finding("names", "missing", str(error))
    place = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.create_server((settings.host, settings.port), family=family):
            yield Finding("port", "ok", f"{place} is free")
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        told = (error.strerror or str(error)).partition(" (while")[0]
        mend = "choose another with --port or QA_PORT"
        mend = f"if that is not this service itself, {mend}" if taken else mend
        yield Finding("port", "note" if taken else "missing", f"{place}: {told}", mend)


def clock(settings: Settings) -> Iterator[Finding]:
    """Whether the clock is behind what was done already."""
    from qa_service.indexing.keeping.manifest import current_build, read_manifest

    now, latest = time.time(), Path(__file__).stat().st_mtime
    try:
        created = read_manifest(current_build(settings.index_dir)).created
        latest = max(latest, datetime.fromisoformat(created).timestamp())
    except IndexingError:
        pass
    found = f"it is {datetime.fromtimestamp(now).astimezone():%Y-%m-%d %H:%M %Z} by the clock"
    if now + CLOCK_SLACK_SECONDS < latest:
        mend = "set it: timedatectl set-ntp true"
        yield Finding("time", "missing", f"{found}, earlier than the files of the service", mend)
    else:
        yield Finding("time", "ok", found)


def build(settings: Settings) -> Iterator[Finding]:
    """Whether there is an index to answer from; `check` looks whether it is sound."""
    from qa_service.indexing.builds.kept import kept_builds_of

    where = str(settings.index_dir) if settings.engine == "embedded" else "the database"
    try:
        kept_builds_of(settings).manifest()
        yield Finding("build", "ok", "an index is there; qa-service check verifies it")
    except NoIndex:
        yield Finding("build", "missing", f"{where} has no index yet", "run: qa-service build")
    except (IndexingError, MissingPackage) as error:
        yield Finding("build", "missing", str(error))


def role(settings: Settings) -> Iterator[Finding]:
    """Whether the database keeps rows from who is in none of their groups."""
    if settings.engine == "embedded":
        return
    try:
        from qa_service.indexing.engine.postgres.writing.keeping import database_builds

        bound = database_builds(settings.postgres).rules_hold()
    except (IndexingError, MissingPackage):
        return  # `build` tells it
    if bound:
        yield Finding("role", "ok", "the database's rules for rows bind the role of QA_POSTGRES")
    else:
        found = "the database's rules for rows do not bind the role of QA_POSTGRES"
        yield Finding("role", "note", found, "take one without SUPERUSER and BYPASSRLS")


def _nearest_there(folder: Path) -> Path:
    """The folder itself or, where it is still to be made, the nearest above it that is there."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


_LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    model,
    recognition,
    memory,
    folders,
    addresses,
    packages,
    disk,
    address,
    clock,
    build,
    role,
)
