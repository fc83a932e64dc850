"""The JSON endpoint: the same answers as the pages, for programs."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from qa_service.contract.answers import answer_object, index_object, search_object
from qa_service.contract.checking import checked_address
from qa_service.contract.documents import (
    completions_object,
    document_object,
    full_document_object,
    suggestions_object,
)
from qa_service.contract.mentions import (
    facts_object,
    facts_table,
    mentions_object,
    mentions_table,
)
from qa_service.errors import NotAnswering
from qa_service.indexing.building.build import is_building
from qa_service.input_checks import question_text
from qa_service.web.api.bodies import json_body
from qa_service.web.api.look_ups import FactsAddress, mentions_address
from qa_service.web.api.openapi import description
from qa_service.web.api.requests import CompletionAddress, SearchAddress, question_from
from qa_service.web.export import FORMATS, file_name
from qa_service.web.export.conversation import ExportAddress
from qa_service.web.export.transcript import transcript_from
from qa_service.web.operator.recording import recorded
from qa_service.web.serving.answer_service import (
    admitted_service,
    aside,
    current_service,
    current_settings,
    receiving,
)
from qa_service.web.serving.service_protocol import staffing_of

EXPORT_SIZE_FACTOR = 4
"""How much longer than any other request an exported conversation may be."""

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.post("/ask")
def ask() -> dict[str, Any]:
    """Answer a question with quotes and their citations, or say why there is none."""
    with receiving():
        body = json_body(request)
    question = question_from(body)
    with admitted_service() as service:
        answer = service.ask(question)
    return answer_object(recorded(question, answer))


@blueprint.get("/search")
def search() -> dict[str, Any]:
    """Rank passages for a query."""
    asked = checked_address(request.args, SearchAddress)
    query = question_text(asked.q, "q")
    with admitted_service() as service:
        return search_object(service.search(query, asked.limit, spelling=asked.spelling == "true"))


@blueprint.get("/mentions")
def mentions() -> ResponseReturnValue:
    """Every place that mentions a word, a name or a phrase, in any form."""
    asked = mentions_address(request.args)
    query = question_text(asked.q, "q")
    with admitted_service() as service:
        found = service.mentions(query, asked.most, asked.cursor, asked.filters)
    if asked.format == "csv":
        return Response(mentions_table(found), mimetype="text/csv")
    return mentions_object(found)


@blueprint.get("/facts")
def facts() -> ResponseReturnValue:
    """What every document states of a label, such as "Lead inspector"."""
    asked = checked_address(request.args, FactsAddress)
    label = question_text(asked.label, "label")
    with admitted_service() as service:
        found = service.facts(label, asked.most, asked.cursor)
    if asked.format == "csv":
        return Response(facts_table(found), mimetype="text/csv")
    return facts_object(found)


@blueprint.get("/suggestions")
def suggestions() -> dict[str, Any]:
    """Questions that the documents answer, for somebody who has not asked yet."""
    return suggestions_object(current_service().suggestions())


@blueprint.get("/complete")
def complete() -> dict[str, Any]:
    """What may be meant by the beginning of a question."""
    asked = checked_address(request.args, CompletionAddress)
    return completions_object(current_service().complete(asked.q.strip(), asked.limit))


@blueprint.get("/documents")
def documents() -> Response:
    """List every document of the index in use."""
    return jsonify([document_object(entry) for entry in current_service().documents()])


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> dict[str, Any]:
    """One document with the canonical text that every offset counts in."""
    return full_document_object(*current_service().document(document_id))


@blueprint.get("/health")
def health() -> dict[str, Any]:
    """Whether questions can be answered, and from what. 503 before the first build, and while
    no process answers."""
    service = current_service()
    staffing = staffing_of(service)
    if not staffing.answering:
        raise NotAnswering("no process answers for now; see the log of the server")
    return {
        "status": "ok" if staffing.answering >= staffing.processes else "degraded",
        "processes": staffing.processes,
        "answering": staffing.answering,
        **index_object(service.index_info()),
        "model": service.model,
        "building": is_building(current_settings().index_dir),
    }


@blueprint.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """This endpoint's own description, OpenAPI 3.1."""
    return description()


@blueprint.post("/export")
def export() -> Response:
    """A conversation, which the browser keeps and sends, as a file. Nothing of it is stored."""
    chosen = FORMATS[checked_address(request.args, ExportAddress).format]
    request.max_content_length = (request.max_content_length or 0) * EXPORT_SIZE_FACTOR
    with receiving():
        body = json_body(request)
    with aside("export"):
        transcript = transcript_from(body, request.url_root, date.today())
        content = BytesIO(chosen.write(transcript))
    name = file_name(transcript, chosen.ending)
    return send_file(content, chosen.media_type, as_attachment=True, download_name=name)
