"""A conversation as a file to take away: Markdown, Word or JSON, every quote with its citation."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO

from flask import Response, send_file
from werkzeug.utils import secure_filename

from qa_service.web.export.as_markdown import markdown_file
from qa_service.web.export.as_word import word_file
from qa_service.web.export.transcript import Transcript

LONGEST_NAME = 60
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its bytes are made, its media type and the ending of its name."""

    write: Callable[[Transcript], bytes]
    media_type: str
    ending: str


def json_file(transcript: Transcript) -> bytes:
    """The members of Transcript as they are named there; a gap has neither quote nor number."""
    return json.dumps(asdict(transcript), ensure_ascii=False, indent=2).encode()


FORMATS = {
    "markdown": Format(markdown_file, "text/markdown", "md"),
    "docx": Format(word_file, WORD_TYPE, "docx"),
    "json": Format(json_file, "application/json", "json"),
}


def file_name(transcript: Transcript, ending: str) -> str:
    """A name in ASCII that every system takes: title, day, ending."""
    return named_file(transcript.title, transcript.exported, ending, "conversation")


def named_file(title: str, day: str, ending: str, untitled: str = "briefing") -> str:
    """The name of a file of that title; `untitled` where nothing of it is ASCII."""
    kept = secure_filename(title)[:LONGEST_NAME].strip("-_.") or untitled
    return f"{kept}-{day}.{ending}"


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """A file that the browser saves under a name."""
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
