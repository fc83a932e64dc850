"""The JSON endpoint: the same answers as the pages, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from qa_service.contract import document_shapes, shapes
from qa_service.contract.answers import answer_object, index_object, search_object
from qa_service.contract.documents import (
    Completions,
    Health,
    Suggestions,
    completions_object,
    document_object,
    full_document_object,
    suggestions_object,
)
from qa_service.contract.mentions import (
    Mentions,
    StatedFacts,
    facts_object,
    facts_table,
    mentions_object,
    mentions_table,
)
from qa_service.contract.parts import members
from qa_service.errors import NotAnswering
from qa_service.indexing.keeping.partial import is_building
from qa_service.input_checks import question_text
from qa_service.web.api import requests
from qa_service.web.api.bodies import json_body
from qa_service.web.api.look_ups import FactsAddress, MentionsAddress
from qa_service.web.api.openapi import description
from qa_service.web.export import FORMATS, attachment, file_name
from qa_service.web.export.conversation import Conversation, ExportAddress
from qa_service.web.export.sent_quotes import Comparison
from qa_service.web.export.transcript import transcript_from
from qa_service.web.operator.recording import recorded
from qa_service.web.serving.answer_service import (
    admitted_service,
    aside,
    current_service,
    current_settings,
    look_up,
)
from qa_service.web.serving.operations import BODY_PROBLEMS, operation
from qa_service.web.serving.service_protocol import staffing_of

EXPORT_SIZE_FACTOR = 4
"""How much longer than any other request an exported conversation may be."""

blueprint = Blueprint("api", __name__, url_prefix="/api")


@operation(blueprint, "post", "/ask", shapes.Answer, BODY_PROBLEMS, body=requests.Question)
def ask() -> dict[str, Any]:
    """Answer a question with quotes and citations, or say why there is none."""
    body = json_body(request)
    question = requests.question_from(body)
    with admitted_service() as service:
        answer = service.ask(question)
    return answer_object(recorded(question, answer))


@operation(
    blueprint, "get", "/search", shapes.SearchResult, (422, 503), address=requests.SearchAddress
)
def search(asked: requests.SearchAddress) -> dict[str, Any]:
    """Rank passages for a query."""
    query = question_text(asked.q, "q")
    with admitted_service() as service:
        return search_object(service.search(query, asked.limit, spelling=asked.spelling == "true"))


@operation(
    blueprint,
    "get",
    "/mentions",
    Mentions,
    (422, 503),
    address=MentionsAddress,
    also_csv=True,
)
def mentions(asked: MentionsAddress) -> ResponseReturnValue:
    """Every place that mentions a word, a name or a phrase, in any form."""
    query = question_text(asked.q, "q")
    with look_up() as service:
        found = service.mentions(query, asked.most, asked.cursor, asked.filters)
        if asked.format == "csv":
            return Response(mentions_table(found), mimetype="text/csv")
        return mentions_object(found)


@operation(
    blueprint,
    "get",
    "/facts",
    StatedFacts,
    (422, 503),
    address=FactsAddress,
    also_csv=True,
)
def facts(asked: FactsAddress) -> ResponseReturnValue:
    """What every document states of a label."""
    label = question_text(asked.label, "label")
    with look_up() as service:
        found = service.facts(label, asked.most, asked.cursor)
        if asked.format == "csv":
            return Response(facts_table(found), mimetype="text/csv")
        return facts_object(found)


@operation(blueprint, "get", "/suggestions", Suggestions, (503,))
def suggest() -> dict[str, Any]:
    """Questions that the documents answer."""
    return suggestions_object(current_service().suggestions())


@operation(
    blueprint, "get", "/complete", Completions, (422, 503), address=requests.CompletionAddress
)
def complete(asked: requests.CompletionAddress) -> dict[str, Any]:
    """Questions, titles and headings that begin as what was typed."""
    return completions_object(current_service().complete(asked.q.strip(), asked.limit))


@operation(blueprint, "get", "/documents", list[document_shapes.DocumentSummary], (503,))
def list_documents() -> Response:
    """List the documents."""
    return jsonify([document_object(entry) for entry in current_service().documents()])


@operation(
    blueprint, "get", "/documents/<path:document_id>", document_shapes.Document, (404, 410, 503)
)
def get_document(document_id: str) -> dict[str, Any]:
    """A document with its canonical text."""
    with aside("documents"):
        return full_document_object(*current_service().document(document_id))


@operation(blueprint, "get", "/health", Health, (503,))
def health() -> dict[str, Any]:
    """Whether questions can be answered, and from what. 503 before the first build, and while
    no process answers."""
    service = current_service()
    staffing = staffing_of(service)
    if not staffing.answering:
        raise NotAnswering("no process answers for now; see the log of the server")
    found = Health(
        status="ok" if staffing.answering >= staffing.processes else "degraded",
        processes=staffing.processes,
        answering=staffing.answering,
        **index_object(service.index_info()),
        model=service.model,
        building=is_building(current_settings().index_dir),
    )
    return members(found)


@operation(blueprint, "get", "/openapi.json", dict[str, Any])
def describe() -> dict[str, Any]:
    """This text."""
    return description()


@operation(
    blueprint,
    "post",
    "/export",
    "file",
    BODY_PROBLEMS,
    body=Conversation,
    address=ExportAddress,
    files=tuple(kind.media_type for kind in FORMATS.values()),
)
def export(asked: ExportAddress) -> Response:
    """A conversation as a file, every quote with its full citation. The browser keeps and sends
    it; nothing of it is stored."""
    chosen = FORMATS[asked.format]
    request.max_content_length = (request.max_content_length or 0) * EXPORT_SIZE_FACTOR
    body = json_body(request)
    with aside("export"):
        compared = Comparison().mismatch_of
        transcript = transcript_from(body, compared, request.url_root, date.today())
        content = chosen.write(transcript)
    name = file_name(transcript, chosen.ending)
    return attachment(content, chosen.media_type, name)
