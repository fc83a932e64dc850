"""Files of older office software (.doc, .ppt, .wpd and the like), turned over by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Content
from qa_service.reading.formats.office.slides.document import read_presentation
from qa_service.reading.formats.office.word.document import read_docx
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

SECONDS = 90
_NOT_INSTALLED = N_(
    "files of older office software are read by LibreOffice, which is not installed; run "
    "'apt-get install libreoffice-writer-nogui libreoffice-impress-nogui', or save it as %(kind)s"
)


def read_legacy_text(data: bytes) -> Content:
    """A text document of older software as content."""
    return replace(read_docx(_converted(data, ".doc", "docx")), format="doc")


def read_legacy_slides(data: bytes) -> Content:
    """A presentation of older software as content."""
    return replace(read_presentation(_converted(data, ".ppt", "pptx")), format="ppt")


def office_program() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _converted(data: bytes, ending: str, kind: str) -> bytes:
    """The bytes of the same document in a newer format.

    LibreOffice runs with a profile of its own, which starts with its defaults: macros off.
    """
    program = office_program()
    if program is None:
        raise UnreadableDocument(said(_NOT_INSTALLED, kind=f".{kind}"))
    with tempfile.TemporaryDirectory(prefix="qa-service-") as folder:
        place = Path(folder)
        source = place / f"source{ending}"
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation={(place / 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--convert-to", kind),
                *("--outdir", str(place / "out"), str(source)),
            ]
        )
        made = place / "out" / f"source.{kind}"
        if not made.exists():
            raise UnreadableDocument(
                said("LibreOffice could not open it; save it as .%(kind)s or PDF", kind=kind)
            )
        return made.read_bytes()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            said(
                "LibreOffice took longer than %(seconds)s seconds; save it as PDF", seconds=SECONDS
            )
        ) from error
