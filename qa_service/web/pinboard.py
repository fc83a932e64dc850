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
from qa_service.errors import InputError
from qa_service.translation.catalogue import N_, _
from qa_service.web.api.bodies import json_body
from qa_service.web.briefing import FORMATS
from qa_service.web.briefing.pins import BriefingAddress, Pin, Pinboard
from qa_service.web.briefing.written import written
from qa_service.web.export import attachment, named_file
from qa_service.web.export.sent_quotes import NOT_THERE, Comparison
from qa_service.web.serving.answer_service import aside, site_address
from qa_service.web.serving.operations import BODY_PROBLEMS, operation
from qa_service.web.serving.origins import require_own_page

REMOVE_IT = N_("Remove the quote to make a briefing.")
BOARD_SIZE_FACTOR = 4
"""How much longer than any other request a pinboard may be."""
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
        shown, compared = to_builtins(sent), Comparison()
        for group, kept in zip(shown["groups"], sent.groups, strict=True):
            for entry, pin in zip(group["pins"], kept.pins, strict=True):
                entry["state"] = state_words(compared.mismatch_of(pin.document_id, pin))
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
        briefing = written(sent, mismatches_of, site_address(), date.today(), asked.style)
        content = chosen.write(briefing)
    name = named_file(briefing.title, briefing.day.isoformat(), chosen.ending)
    return attachment(content, chosen.media_type, name)


def pinboard_from_request() -> Pinboard:
    """The pinboard that a request sends. Raises InputError."""
    request.max_content_length = (request.max_content_length or 0) * BOARD_SIZE_FACTOR
    return checked(json_body(request), Pinboard)


def state_words(mismatch: str) -> str:
    """What does not match in a quote, with what follows from it for the briefing."""
    return f"{_(mismatch)} {_(REMOVE_IT)}" if mismatch == NOT_THERE else _(mismatch)


def mismatches_of(pins: Iterable[Pin]) -> dict[Pin, str]:
    """What does not match in each. Raises InputError for words that a document, as it was cited,
    does not hold there."""
    compared = Comparison()
    mismatches = {pin: compared.mismatch_of(pin.document_id, pin) for pin in in_time(pins)}
    if NOT_THERE in mismatches.values():
        raise InputError("quote", _("is not the document's text from start to end"))
    return mismatches


def pin_members(citation: Mapping[str, Any], quote: str) -> dict[str, Any]:
    """What the browser keeps of a citation that is pinned."""
    kept = {name: citation.get(name) for name in Pin.__struct_fields__ if name != "note"}
    return {**kept, "quote": quote}
