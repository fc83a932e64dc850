"""The pinboard's page and the briefing made of it. The browser keeps the quotes and sends them;
nothing of them is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    get_template_attribute,
    render_template,
    request,
)
from msgspec import to_builtins

from qa_service.contract.checking import checked
from qa_service.deadline import in_time
from qa_service.errors import DocumentNotFound, IndexingError, InputError
from qa_service.web.api.bodies import json_body
from qa_service.web.briefing import FORMATS
from qa_service.web.briefing.pins import BriefingAddress, Pin, Pinboard
from qa_service.web.briefing.written import written
from qa_service.web.export import attachment, named_file
from qa_service.web.serving.answer_service import aside, current_service, site_address
from qa_service.web.serving.operations import BODY_PROBLEMS, operation
from qa_service.web.serving.origins import require_own_page

BOARD_SIZE_FACTOR = 4
"""How much longer than any other request a pinboard may be."""
CHANGED = "The document has changed since. Open the quote to see where its words stand now."
GONE = "The document is no longer in the index."
NOT_THERE = "The document does not hold these words there, so they cannot be exported."
STYLES = {"harvard": "Harvard", "oscola": "OSCOLA"}
KINDS = {"docx": "Word", "markdown": "Markdown", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}

blueprint = Blueprint("pinboard", __name__, url_prefix="/pinboard")
api = Blueprint("briefing_api", __name__, url_prefix="/api")


def register(app: Flask) -> None:
    """Add the page, and what templates need to pin a quote."""
    app.jinja_env.filters["pin_members"] = pin_members
    app.register_blueprint(blueprint)
    app.register_blueprint(api)


@blueprint.get("")
def page() -> str:
    """The page, which a script fills."""
    return render_template("pinboard.html", styles=STYLES, kinds=KINDS)


@blueprint.post("/board")
def board() -> str:
    """The pinboard that the request holds, as a fragment."""
    require_own_page()
    sent = pinboard_from_request()
    with aside("turns"):
        shown = to_builtins(sent)
        for group, kept in zip(shown["groups"], sent.groups, strict=True):
            for entry, pin in zip(group["pins"], kept.pins, strict=True):
                entry["state"] = state_words(pin)
        return str(get_template_attribute("board.html", "board")(shown))


@operation(
    api,
    "post",
    "/briefing",
    "file",
    BODY_PROBLEMS,
    body=Pinboard,
    address=BriefingAddress,
    files=tuple(kind.media_type for kind in FORMATS.values()),
)
def brief(asked: BriefingAddress) -> Response:
    """Collected quotes as a briefing with references, or the references alone."""
    chosen = FORMATS[asked.format]
    sent = pinboard_from_request()
    with aside("export"):
        briefing = written(sent, site_address(), date.today(), asked.style)
        require_quotes(briefing.pins)
        content = chosen.write(briefing)
    name = named_file(briefing.title, briefing.day.isoformat(), chosen.ending)
    return attachment(content, chosen.media_type, name)


def pinboard_from_request() -> Pinboard:
    """The pinboard that a request sends. Raises InputError."""
    request.max_content_length = (request.max_content_length or 0) * BOARD_SIZE_FACTOR
    return checked(json_body(request), Pinboard)


def state_words(pin: Pin) -> str:
    """What became of the document since a quote was pinned; empty where it is as it was."""
    try:
        document = current_service().document(pin.document_id)[1]
    except DocumentNotFound:
        return GONE
    except IndexingError:
        return ""
    if document.version != pin.document_version:
        return CHANGED
    return "" if document.text[pin.start : pin.end] == pin.quote else NOT_THERE


def require_quotes(pins: Iterable[Pin]) -> None:
    """Raises InputError for words that a document, as it was cited, does not hold there."""
    for pin in in_time(pins):
        if state_words(pin) == NOT_THERE:
            raise InputError("quote", "is not the document's text from start to end")


def pin_members(citation: Mapping[str, Any], quote: str) -> dict[str, Any]:
    """What the browser keeps of a citation that is pinned."""
    kept = {name: citation.get(name) for name in Pin.__struct_fields__ if name != "note"}
    return {**kept, "quote": quote}
