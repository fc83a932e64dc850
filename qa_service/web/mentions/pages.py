"""Every place that mentions a word, a name or a phrase, as a page; further ones as fragments.

Its address has the fields of the chat's form: `q`, and the limits of the documents.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, render_template, request
from flask.typing import ResponseReturnValue

from qa_service.contract.checking import checked
from qa_service.contract.mentions import mentions_object
from qa_service.contract.parts import JsonObject
from qa_service.errors import InputError, NoIndex
from qa_service.input_checks import question_text
from qa_service.nouns import questions as nouns
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.lookups import Mentions
from qa_service.translation.catalogue import _
from qa_service.web.api.requests import Filters, filters_of
from qa_service.web.chat.question_form import asked_by, history_and_filters
from qa_service.web.mentions.table import mentions_file
from qa_service.web.serving.answer_service import current_service, look_up, site_address
from qa_service.web.serving.problems import HOW_TO_BUILD, problem_of
from qa_service.web.wording.limits import Field, asked_fields, limit_chips

PLACES_OF_A_PAGE = 100
MOST_NAMED = 100
"""Documents that an address has room to name."""

blueprint = Blueprint("mentions", __name__)


def register(app: Flask) -> None:
    """Add the page, and what leads to it from an answer."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters[mentions_address.__name__] = mentions_address


@blueprint.get("/mentions")
def mentions() -> ResponseReturnValue:
    """The places of one page, or only their markup with `fragment` in the address."""
    documents = current_service().documents() if _is_built() else ()
    asked = asked_by(request.args, documents)
    text = request.args.get("q")
    if not documents or text is None:
        return _page(asked, problem=None if documents else _(HOW_TO_BUILD))
    try:
        found = _found(question_text(text, "q"), asked)
    except InputError as error:
        problem = problem_of(error)
        return _page(asked, question=text, problem=problem.detail), problem.status
    return _page(asked, question=found.query, **_shown(found, asked, documents))


@blueprint.get("/mentions.csv")
def table() -> Response:
    """All places, for a spreadsheet."""
    asked = asked_by(request.args, current_service().documents())
    query = question_text(request.args.get("q", ""), "q")
    with look_up() as service:
        found = service.mentions(query, filters=_filters(asked))
        return Response(mentions_file(found, site_address()), mimetype="text/csv")


def mentions_address(answer: JsonObject) -> str:
    """The page of every place of an answer's words, within what limited it; "" where there is
    none, or where it would name more documents than fit an address."""
    mentioned = answer.get("mentions")
    if not mentioned or len(mentioned["document_ids"]) > MOST_NAMED:
        return ""
    limits = {
        **{name: mentioned[name] for name in ("date_from", "date_to", "collections")},
        "documents": [{"document_id": name} for name in mentioned["document_ids"]],
    }
    return _address(mentioned["query"], {"limits": limits})


def _is_built() -> bool:
    try:
        return bool(current_service().index_info().documents)
    except NoIndex:
        return False


def _found(query: str, asked: JsonObject) -> Mentions:
    with look_up() as service:
        cursor = request.args.get("cursor")
        return service.mentions(query, PLACES_OF_A_PAGE, cursor, _filters(asked))


def _filters(asked: JsonObject) -> nouns.Filters:
    return filters_of(checked(history_and_filters(asked)["filters"], Filters))


def _shown(
    found: Mentions, asked: JsonObject, documents: tuple[DocumentSummary, ...]
) -> dict[str, Any]:
    """What the template says of the places: those of this page, and where the others are."""
    titles = {document.id: document for document in documents}
    only = {**asked, "limits": {}}
    named = {**asked, "limits": {**asked["limits"], "words": _place_of(asked["limits"])}}
    return {
        "found": mentions_object(found),
        "continues": request.args.get("cursor") is not None,
        "chips": limit_chips({"question": found.query, "asked": named}),
        "further": _address(found.query, asked, cursor=found.cursor) if found.cursor else "",
        "table": _address(found.query, asked, page="/mentions.csv"),
        "holding": [
            {
                "title": titles[name].title,
                "date": titles[name].date,
                "count": count,
                "address": _address(found.query, only, document=name),
            }
            for name, count in found.counts.items()
            if name in titles
        ],
    }


def _place_of(limits: JsonObject) -> list[str]:
    """The place whose documents are meant, all of them; none where others are."""
    meant = {entry["document_id"] for entry in limits.get("documents", ())}
    places = current_service().places()
    named = {places[name] for name in meant if name in places}
    return [place for place in named if meant == {name for name in places if places[name] == place}]


def _page(asked: JsonObject, **values: Any) -> str:
    template = "mentions_fragment.html" if "fragment" in request.args else "mentions.html"
    return render_template(template, limits=_limits(asked), asked=asked, **values)


def _limits(asked: JsonObject) -> list[Field]:
    return asked_fields({"limits": asked["limits"]})


def _address(query: str, asked: JsonObject, *, page: str = "/mentions", **others: str) -> str:
    """The page of these words."""
    fields = [(field["name"], field["value"]) for field in _limits(asked)]
    return f"{page}?{urlencode([('q', query), *fields, *others.items()])}"
