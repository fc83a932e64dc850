"""What `GET /api/openapi.json` returns: every endpoint under /api, for programs to read."""

from __future__ import annotations

from typing import Any

from qa_service import __version__
from qa_service.input_checks import MAX_QUESTION_CHARACTERS
from qa_service.web.api.openapi_operator import OPERATOR_SCHEMAS, SECURITY_SCHEMES, operator_paths
from qa_service.web.api.openapi_schemas import SCHEMAS
from qa_service.web.api.validation import (
    DEFAULT_COMPLETIONS,
    DEFAULT_SEARCH_LIMIT,
    MAX_COMPLETIONS,
    MAX_PREFIX_CHARACTERS,
    MAX_SEARCH_LIMIT,
)
from qa_service.web.export import FORMATS
from qa_service.web.serving.problems import MEDIA_TYPE

PROBLEMS = {
    400: "The request is not a JSON object.",
    401: "The operator's token is missing or wrong.",
    403: "The operator has switched this off, or it was sent from another site.",
    404: "Nothing has this id.",
    409: "It stands in the way of something that is there or running; `detail` says what.",
    410: "The document was withdrawn: an earlier build held it, this one does not.",
    413: "The request is too large.",
    415: "The request is not declared as JSON.",
    422: "A field is out of range; `field` names it.",
    429: "Too many wrong tokens from one address; `Retry-After` says when to try again.",
    503: "There is no index yet, or a file of the service cannot be used; with `Retry-After`, more "
    "is asked than the service takes for now.",
    507: "There is no room: the file of feedback, or the folder of uploads, is full.",
}
DOCUMENT_ID = {
    "name": "document_id",
    "in": "path",
    "required": True,
    "description": "The `document_id` of a citation, or the `id` of a listed document.",
    "schema": {"type": "string"},
}
FEEDBACK_ID = {
    "name": "feedback_id",
    "in": "path",
    "required": True,
    "description": "The `id` that storing it returned.",
    "schema": {"type": "string"},
}
QUERY = {
    "name": "q",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION_CHARACTERS},
}
PREFIX = {
    "name": "q",
    "in": "query",
    "description": "What was typed so far; its words are looked for by how they begin.",
    "schema": {"type": "string", "maxLength": MAX_PREFIX_CHARACTERS},
}
FORMAT = {
    "name": "format",
    "in": "query",
    "required": True,
    "schema": {"enum": list(FORMATS)},
}
SPELLING = {
    "name": "spelling",
    "in": "query",
    "description": "Whether mistyped words are matched to those of the documents.",
    "schema": {"type": "boolean", "default": True},
}


def description() -> dict[str, Any]:
    """The description as an OpenAPI 3.1 object."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Question answering over documents",
            "version": __version__,
            "description": "Answers are verbatim quotes, each cited to its place in a document. "
            "Offsets count Unicode code points in the `text` of a document.",
        },
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS | OPERATOR_SCHEMAS,
            "securitySchemes": SECURITY_SCHEMES,
            "responses": {str(status): _problem(text) for status, text in PROBLEMS.items()},
        },
    }


def _paths() -> dict[str, Any]:
    listed = {"type": "array", "items": _schema("DocumentSummary")}
    health = "Whether questions can be answered, and from what"
    return {
        "/api/ask": {"post": _ask()},
        "/api/search": {"get": _search()},
        "/api/suggestions": {"get": _suggestions()},
        "/api/complete": {"get": _complete()},
        "/api/export": {"post": _export()},
        "/api/documents": {"get": _operation("listDocuments", "List the documents", listed, 503)},
        "/api/documents/{document_id}": {"get": _document()},
        "/api/documents/{document_id}/boxes": {"get": _boxes()},
        "/api/citations/verify": {"get": _verify()},
        "/api/feedback": {"post": _give_feedback()},
        "/api/feedback/{feedback_id}": {"delete": _take_feedback_back()},
        "/api/health": {"get": _operation("health", health, _schema("Health"), 503)},
        "/api/openapi.json": {"get": _operation("describe", "This text", {"type": "object"})},
        **operator_paths(),
    }


def _ask() -> dict[str, Any]:
    summary = "Answer a question with quotes and citations, or say why there is none"
    problems = (400, 413, 415, 422, 503)
    return {
        **_operation("ask", summary, _schema("Answer"), *problems),
        "requestBody": _body("Question"),
    }


def _give_feedback() -> dict[str, Any]:
    """Storing answers 201 instead of 200."""
    summary = "Say that an answer is right or wrong; ranking does not change by it"
    problems = (400, 403, 413, 415, 422, 503, 507)
    operation = _operation("giveFeedback", summary, _schema("StoredFeedback"), *problems)
    success = {**operation["responses"].pop("200"), "description": "Stored"}
    operation["responses"] = {"201": success, **operation["responses"]}
    return {**operation, "requestBody": _body("Feedback")}


def _take_feedback_back() -> dict[str, Any]:
    """Removing answers 204, without a body."""
    operation = _operation("takeFeedbackBack", "Remove a verdict", {}, 403, 404, 503)
    del operation["responses"]["200"]
    operation["responses"] = {"204": {"description": "Removed"}, **operation["responses"]}
    return {**operation, "parameters": [FEEDBACK_ID]}


def _body(schema: str) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _schema(schema)}}}


def _search() -> dict[str, Any]:
    result = _schema("SearchResult")
    return {
        **_operation("search", "Rank passages for a query", result, 422, 503),
        "parameters": [QUERY, _limit(MAX_SEARCH_LIMIT, DEFAULT_SEARCH_LIMIT), SPELLING],
    }


def _suggestions() -> dict[str, Any]:
    summary = "Questions that the documents answer"
    return _operation("suggest", summary, _schema("Suggestions"), 503)


def _complete() -> dict[str, Any]:
    summary = "Questions, titles and headings that begin as what was typed"
    return {
        **_operation("complete", summary, _schema("Completions"), 422, 503),
        "parameters": [PREFIX, _limit(MAX_COMPLETIONS, DEFAULT_COMPLETIONS)],
    }


def _export() -> dict[str, Any]:
    summary = "A conversation as a file, every quote with its full citation"
    operation = _operation("export", summary, {}, 400, 413, 415, 422, 503)
    files = {kind.media_type: {"schema": {"type": "string"}} for kind in FORMATS.values()}
    operation["responses"]["200"]["content"] = files
    return {
        **operation,
        "parameters": [FORMAT],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _schema("Conversation")}},
        },
    }


def _limit(highest: int, default: int) -> dict[str, Any]:
    bounds = {"type": "integer", "minimum": 1, "maximum": highest, "default": default}
    return {"name": "limit", "in": "query", "schema": bounds}


def _document() -> dict[str, Any]:
    summary = "A document with its canonical text"
    return {
        **_operation("getDocument", summary, _schema("Document"), 404, 410, 503),
        "parameters": [DOCUMENT_ID],
    }


def _boxes() -> dict[str, Any]:
    summary = "Where a stretch of a document stands on its pages, one box a line"
    return {
        **_operation("getBoxes", summary, _schema("Boxes"), 404, 410, 422, 503),
        "parameters": [DOCUMENT_ID, _offset("start"), _offset("end")],
    }


def _verify() -> dict[str, Any]:
    summary = "Whether cited words still stand where they were cited"
    members = {
        "document_id": (True, "Of the citation."),
        "version": (True, "`document_version` of the citation."),
        "quote": (False, "The words that were cited, to find them where the document changed."),
    }
    return {
        **_operation("verifyCitation", summary, _schema("Verification"), 404, 422, 503),
        "parameters": [
            *(_text_parameter(name, *member) for name, member in members.items()),
            _offset("start"),
            _offset("end"),
        ],
    }


def _text_parameter(name: str, required: bool, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": {"type": "string"},
    }


def _offset(name: str) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 0}
    description = "In code points of the document's `text`."
    return {
        "name": name,
        "in": "query",
        "required": True,
        "description": description,
        "schema": schema,
    }


def _operation(name: str, summary: str, result: dict[str, Any], *problems: int) -> dict[str, Any]:
    """One operation that answers 200 with `result`, or one of `problems`."""
    success = {"description": "OK", "content": {"application/json": {"schema": result}}}
    errors = {str(status): {"$ref": f"#/components/responses/{status}"} for status in problems}
    return {"operationId": name, "summary": summary, "responses": {"200": success, **errors}}


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": _schema("Problem")}}}


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
