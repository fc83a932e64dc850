"""The operator's part of the description that `GET /api/openapi.json` returns."""

from __future__ import annotations

from typing import Any, get_args

from qa_service.web.api.openapi_parts import (
    COUNT,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    list_of,
    object_of,
    reference,
)
from qa_service.web.operator.building import State
from qa_service.web.operator.report import UploadState

FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
SECURITY: list[Schema] = [{"operatorToken": []}]
SECURITY_SCHEMES: Schema = {
    "operatorToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "The setting operator_token; without one there are no such endpoints (404).",
    }
}


OPERATOR_SCHEMAS: dict[str, Schema] = {
    "OperatorDocuments": object_of(
        documents=list_of(reference("DocumentSummary")),
        skipped=list_of(object_of(source=TEXT, reason=TEXT)),
        collections=list_of(object_of(name=TEXT, documents=COUNT, pages=COUNT, passages=COUNT)),
    ),
    "Check": object_of(
        problems={**list_of(TEXT), "description": "A sentence each; none where sound."}
    ),
    "BuildRun": object_of(
        state={"enum": list(get_args(State))},
        started={**TEXT_OR_NULL, "format": "date-time"},
        finished={**TEXT_OR_NULL, "format": "date-time"},
        stage=TEXT,
        done=COUNT,
        total={"type": ["integer", "null"]},
        build={**TEXT_OR_NULL, "description": "The new build, once it is done."},
        documents=COUNT,
        passages=COUNT,
        encoded={**COUNT, "description": "Passages that were not taken over."},
        skipped={**COUNT, "description": "Files that were not read."},
        message={**TEXT, "description": "Why it failed."},
    ),
    "Builds": object_of(
        builds=list_of(
            object_of(
                build=TEXT,
                in_use=FLAG,
                created=TEXT,
                documents=COUNT,
                passages=COUNT,
                skipped=COUNT,
                model=TEXT,
                problem={**TEXT, "description": "Why it cannot be used."},
            )
        )
    ),
    "Uploads": object_of(
        uploads=list_of(
            object_of(
                name=TEXT,
                size={**COUNT, "description": "In bytes."},
                stored=MOMENT,
                version={**TEXT, "description": "sha256 of the bytes, in hex."},
                state={"enum": list(get_args(UploadState))},
                reason={**TEXT, "description": "Why it was not read."},
            )
        )
    ),
    "TakenUpload": object_of(name=TEXT, kind=TEXT, replaced=FLAG, warning=TEXT),
    "AskedQuestions": object_of(
        recording=FLAG,
        recorded=COUNT,
        questions=list_of(
            object_of(
                text=TEXT,
                times=COUNT,
                unanswered=COUNT,
                up=COUNT,
                down=COUNT,
                last=MOMENT,
                notes=list_of(TEXT),
            )
        ),
    ),
    "Removed": object_of(removed=COUNT),
}


def operator_paths() -> dict[str, Any]:
    """Every path under /api/operator."""
    file = {"required": True, "content": {"application/octet-stream": {"schema": TEXT}}}
    build, name = _in_path("build"), _in_path("name")
    use = _operation("useBuild", "Go back to a build", "Builds", 404, 409)
    store = _operation("upload", "Store a file", "TakenUpload", 409, 413, 422, 507, success="201")
    remove = _operation("removeUpload", "Remove a file", None, 404, success="204")
    forget = _operation("forgetQuestions", "Remove the records of one question or all", "Removed")
    start = _operation("startBuild", "Start a build", "BuildRun", 409, success="202")
    return {
        "/api/operator/documents": {
            "get": _operation("reportDocuments", "How every file was read", "OperatorDocuments")
        },
        "/api/operator/check": {
            "get": _operation("check", "Compare the index with the files", "Check", 503)
        },
        "/api/operator/build": {
            "get": _operation("followBuild", "How the latest build stands", "BuildRun"),
            "post": {**start, "parameters": [_switch("full")]},
            "delete": _operation("cancelBuild", "End the build that is running", "BuildRun"),
        },
        "/api/operator/builds": {
            "get": _operation("listBuilds", "Builds that are kept, the latest first", "Builds")
        },
        "/api/operator/builds/{build}/use": {"post": {**use, "parameters": [build]}},
        "/api/operator/uploads": {
            "get": _operation("listUploads", "Uploaded files and their state", "Uploads")
        },
        "/api/operator/uploads/{name}": {
            "put": {**store, "parameters": [name, _switch("replace")], "requestBody": file},
            "delete": {**remove, "parameters": [name]},
        },
        "/api/operator/questions": {
            "get": _operation("listQuestions", "Questions, open ones first", "AskedQuestions"),
            "delete": {**forget, "parameters": [_question()]},
        },
    }


def _operation(
    name: str, summary: str, result: str | None, *problems: int, success: str = "200"
) -> dict[str, Any]:
    """An operation that every caller without the token is refused."""
    content = {"application/json": {"schema": reference(result)}} if result else {}
    done = {"description": "Done", **({"content": content} if content else {})}
    errors = {
        str(status): {"$ref": f"#/components/responses/{status}"}
        for status in sorted({401, 403, 404, 429, *problems})
    }
    return {
        "operationId": name,
        "summary": summary,
        "security": SECURITY,
        "responses": {success: done, **errors},
    }


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def _switch(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "boolean", "default": False}}


def _question() -> dict[str, Any]:
    described = "The question whose records are removed; without it all are."
    return {"name": "question", "in": "query", "description": described, "schema": TEXT}
