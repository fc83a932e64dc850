"""Asked from where people are: a browser's address bar, a phone's home screen and share sheet."""

from __future__ import annotations

import re
from textwrap import shorten

from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qa_service.input_checks import MAX_QUESTION_CHARACTERS
from qa_service.web.serving.answer_service import current_settings, site_address

MOST_OF_A_SHORT_NAME = 16
MOST_OF_A_LONG_NAME = 48
"""Characters, as OpenSearch 1.1 has it."""
MOST_OF_AN_ICON_NAME = 12
"""Below an icon of a home screen."""
PAPER, INK_OF_CONTROLS = "#fbfaf7", "#0f5c63"
ICON_SIZES = (192, 512)
_ADDRESS = re.compile(r"https?://\S+")
_QUOTATION_MARKS = "\"“”„»«'‘’ \n\t"

blueprint = Blueprint("installable", __name__)


def register(app: Flask) -> None:
    """Add the descriptions, and what is shared from elsewhere."""
    app.register_blueprint(blueprint)


@blueprint.get("/opensearch.xml")
def search_engine() -> Response:
    """The OpenSearch description, by which a browser's address bar asks."""
    title = current_settings().title
    text = render_template(
        "opensearch.xml",
        short_name=short_name(title, MOST_OF_A_SHORT_NAME),
        long_name=title[:MOST_OF_A_LONG_NAME],
        site=site_address(),
    )
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The web application manifest: the page as an app that things are shared into."""
    settings = current_settings()
    response = jsonify(
        name=settings.title,
        short_name=short_name(settings.title, MOST_OF_AN_ICON_NAME),
        start_url=url_for("pages.chat"),
        scope=url_for("pages.chat"),
        display="minimal-ui",
        background_color=PAPER,
        theme_color=settings.accent or INK_OF_CONTROLS,
        icons=[_icon(size) for size in ICON_SIZES],
        share_target={
            "action": url_for("installable.share"),
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",  # else the browser complains
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/share")
def share() -> ResponseReturnValue:
    """Asks the words that were shared, without the address they came from."""
    texts = (request.args.get(name, "") for name in ("text", "title"))
    words = next(filter(None, map(_words, texts)), "")
    return redirect(url_for("pages.chat", q=words or None), 303)


def short_name(title: str, most: int) -> str:
    """As many whole words as there is room for, or letters of the first; a cut is seen."""
    words = shorten(title, most, placeholder="…")
    return words if words != "…" else f"{title[: most - 1]}…"


def _words(text: str) -> str:
    words = " ".join(_ADDRESS.sub(" ", text).split()).strip(_QUOTATION_MARKS)
    return words[:MAX_QUESTION_CHARACTERS]


def _icon(size: int) -> dict[str, str]:
    return {
        "src": url_for("static", filename=f"icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }
