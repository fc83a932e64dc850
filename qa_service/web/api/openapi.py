"""What `GET /api/openapi.json` returns: every operation under /api with the shapes it takes and
gives, for programs to read (OpenAPI 3.1)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from msgspec import json

from qa_service import __version__
from qa_service.contract.shapes import Problem
from qa_service.web.serving.operations import OPERATIONS, Operation
from qa_service.web.serving.problems import MEDIA_TYPE

REFERENCE = "#/components/schemas/{name}"
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
SECURITY_SCHEMES = {
    "operatorToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "The setting operator_token; without one there are no such endpoints (404).",
    }
}
BYTES = "application/octet-stream"
NO_TEXT = (BYTES, "application/vnd.openxmlformats")
DONE = {"200": "OK", "201": "Stored", "202": "Begun", "204": "Removed"}
BY_OPERATORS_ONLY = (401, 403, 404, 429)


@cache
def description() -> dict[str, Any]:
    """The description as an OpenAPI 3.1 object."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Question answering over documents",
            "version": __version__,
            "description": "Answers are verbatim quotes, each cited to its place in a document. "
            "Offsets count Unicode code points in the `text` of a document.",
        },
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": SECURITY_SCHEMES,
            "responses": {str(status): _problem(text) for status, text in PROBLEMS.items()},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    problems = operation.problems
    if operation.is_operators:
        problems = tuple(sorted({*problems, *BY_OPERATORS_ONLY}))
    errors = {str(status): {"$ref": f"#/components/responses/{status}"} for status in problems}
    described = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation.path), *_address_parameters(operation)],
        "responses": {operation.success: _success(operation), **errors},
    }
    if operation.is_operators:
        described["security"] = [{"operatorToken": []}]
    if body := _body(operation):
        described["requestBody"] = {"required": True, "content": body}
    return described


def _success(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {"description": DONE[operation.success]}
    if operation.gives == "file":
        files = {kind: {"schema": _schema_of_file(kind)} for kind in operation.files}
        return {**told, "content": files}
    if operation.gives is None:
        return told
    content: dict[str, Any] = {"application/json": {"schema": _schema_of(operation.gives)}}
    if operation.also_csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {**told, "content": content}


def _schema_of_file(media_type: str) -> dict[str, Any]:
    if media_type == "application/json":
        return {"type": "object"}
    is_text = not media_type.startswith(NO_TEXT)
    return {"type": "string"} if is_text else {"type": "string", "format": "binary"}


def _body(operation: Operation) -> dict[str, Any]:
    if operation.body is None:
        return {}
    if operation.body == "file":
        return {BYTES: {"schema": _schema_of_file(BYTES)}}
    return {"application/json": {"schema": _schema_of(operation.body)}}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    text = {"type": "string"}
    return [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _address_parameters(operation: Operation) -> list[dict[str, Any]]:
    """A parameter for each member of the shape of the address."""
    if operation.address is None:
        return []
    (_,), shapes = json.schema_components([operation.address], ref_template=REFERENCE)
    shape = shapes[operation.address.__name__]
    return [
        {"name": name, "in": "query", "required": name in shape["required"], "schema": schema}
        for name, schema in shape["properties"].items()
    ]


def _schema_of(kind: Any) -> dict[str, Any]:
    """The schema of a result or a body, which leads to its shape by name."""
    (schema,), _ = json.schema_components([kind], ref_template=REFERENCE)
    return schema


def _schemas() -> dict[str, Any]:
    kinds = {operation.gives for operation in OPERATIONS} | {item.body for item in OPERATIONS}
    declared = [kind for kind in kinds if kind not in (None, "file")]
    _, shapes = json.schema_components([*declared, Problem], ref_template=REFERENCE)
    described: dict[str, Any] = json.decode(json.encode(shapes, order="sorted"))
    for shape in described.values():
        for member in shape.get("properties", {}).values():
            _tell_default(member)
    return described


def _tell_default(member: dict[str, Any]) -> None:
    """Tells in words what a member is where it is left out: generators of clients take one with
    a `default` for one that must be there."""
    default = member.pop("default", None)
    if default not in (None, "", []):
        told = f"Default: {json.encode(default).decode()}."
        member["description"] = f"{member.get('description', '')} {told}".strip()


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": _schema_of(Problem)}}}
