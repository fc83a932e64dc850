"""What documents were read from: the files to download, and their pages as pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, current_app, request, send_file
from werkzeug.exceptions import NotFound

from qa_service.config import Settings
from qa_service.contract.documents import Boxes, boxes_object
from qa_service.contract.parts import document_link
from qa_service.errors import InputError, OriginalUnavailable
from qa_service.indexing.builds.beside import fetch_originals
from qa_service.nouns.access import WITHHELD
from qa_service.nouns.documents import DocumentSummary
from qa_service.plain_names import plain_name
from qa_service.reading.blocks.word_boxes import quote_boxes
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.originals import (
    PICTURED,
    WIDTHS,
    Original,
    drawn,
    from_original,
    is_whole_file,
    opened,
)
from qa_service.translation.catalogue import N_, _
from qa_service.web.access.groups import groups_asking
from qa_service.web.api.requests import StretchAddress, stretch_within
from qa_service.web.documents.picture_cache import PictureCache
from qa_service.web.serving.answer_service import aside, current_service, current_settings
from qa_service.web.serving.headers import SANDBOX
from qa_service.web.serving.operations import operation
from qa_service.web.serving.problems import sentence
from qa_service.web.serving.waiting_room import WaitingRoom

blueprint = Blueprint("originals", __name__)
OPENED_AT_ONCE = 2
"""So many originals are hashed, unpacked or drawn at the same time."""
MOST_WAITING = 64
HOLDS_LESS_OPEN = N_(
    "parts of the file are not for all who may read of it; those that you may read are documents"
)
FOR_EVER = "private, max-age=31536000, immutable"
MEDIA_TYPES = {"pdf": "application/pdf"}
ANY_MEDIA_TYPE = "application/octet-stream"
Result = TypeVar("Result")


def register(app: Flask, settings: Settings) -> None:
    """Add the addresses of files, pictures and boxes."""
    room = WaitingRoom(OPENED_AT_ONCE, MOST_WAITING)
    app.extensions["originals_room"] = room
    app.extensions["pictures"] = PictureCache(settings.max_picture_megabytes * 2**20, room)
    app.jinja_env.globals["picture_address"] = picture_address
    app.register_blueprint(blueprint)


@blueprint.get("/documents/<path:document_id>/original")
def original(document_id: str) -> Response:
    """The file that a document was read from, to be saved and never shown as a page."""
    summary, _ = current_service().document(document_id)
    _require_all_its_parts(summary)
    settings = current_settings()
    room: WaitingRoom = current_app.extensions["originals_room"]
    with room.admit():
        file = _from_original(summary, partial(opened, limits=_limits(settings)))
    response = send_file(
        file,
        MEDIA_TYPES.get(summary.metadata.get("format", ""), ANY_MEDIA_TYPE),
        as_attachment=True,
        download_name=plain_name(PurePosixPath(summary.source).name),
        etag=summary.version,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@blueprint.get("/documents/<path:document_id>/pages/<int:number>.png")
def page_picture(document_id: str, number: int) -> Response:
    """A page as a picture; with the `version` of the document it may be kept for ever."""
    summary, _ = current_service().document(document_id)
    if not is_pictured(summary) or not 1 <= number <= (summary.pages or 0):
        raise NotFound(
            N_("There is no picture of this page; the document's own page lists them all.")
        )
    version = request.args.get("version", summary.version)
    if version != summary.version:
        raise NotFound(N_("The document has changed since; open its page anew."))
    picture = _pictures().get(
        (version, number, width := _width()), partial(_drawn, summary, number, width)
    )
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = FOR_EVER if "version" in request.args else "no-cache"
    return response


@operation(
    blueprint,
    "get",
    "/api/documents/<path:document_id>/boxes",
    Boxes,
    (404, 410, 422, 503),
    address=StretchAddress,
)
def get_boxes(asked: StretchAddress, document_id: str) -> dict[str, Any]:
    """Where a stretch of a document stands on its pages, one box a line."""
    with aside("documents"):
        summary, document = current_service().document(document_id)
        start, end = stretch_within(document.text, asked)
        return boxes_object(summary, start, end, quote_boxes(document, start, end))


def is_pictured(summary: DocumentSummary) -> bool:
    """Whether the pages of a document can be shown as pictures."""
    return bool(summary.pages) and summary.metadata.get("format") in PICTURED


def picture_address(summary: DocumentSummary, number: int, width: int) -> str:
    """The address of a page's picture, pinned to the version of the document."""
    page = f"{document_link(summary)}/pages/{number}.png"
    return f"{page}?width={width}&version={summary.version}"


def why_not_shown(summary: DocumentSummary) -> str:
    """Why neither the file nor its pages can be had, as a sentence; empty where they can.

    Of a file within a file that is only found out when it is asked for.
    """
    settings = current_settings()
    try:
        _require_all_its_parts(summary)
        _from_original(summary, partial(_check, limits=_limits(settings)))
    except OriginalUnavailable as error:
        return sentence(error)
    return ""


def _require_all_its_parts(summary: DocumentSummary) -> None:
    """Raises OriginalUnavailable where a file holds what not all may read who may read of it."""
    if WITHHELD in summary.metadata and groups_asking() is not None:
        raise OriginalUnavailable(_(HOLDS_LESS_OPEN))


def _check(original: Original, limits: ReadingLimits) -> None:
    if is_whole_file(original):
        opened(original, limits).close()


def _drawn(summary: DocumentSummary, number: int, width: int) -> bytes:
    draw = partial(drawn, page=number, width=width, limits=_limits(current_settings()))
    return _from_original(summary, draw)


def _from_original(summary: DocumentSummary, use: Callable[[Original], Result]) -> Result:
    """See from_original; what lies in a database is fetched first."""
    settings = current_settings()
    fetch_originals(settings, summary.sources or (summary.source,))
    return from_original(summary, settings.folders, use)


def _width() -> int:
    value = request.args.get("width", str(WIDTHS[0]))
    if value not in map(str, WIDTHS):
        raise InputError("width", f"must be one of {', '.join(map(str, WIDTHS))}")
    return int(value)


def _limits(settings: Settings) -> ReadingLimits:
    return ReadingLimits(
        file_bytes=settings.max_file_megabytes * 2**20,
        memory_bytes=settings.max_reading_megabytes * 2**20,
    )


def _pictures() -> PictureCache:
    pictures: PictureCache = current_app.extensions["pictures"]
    return pictures
