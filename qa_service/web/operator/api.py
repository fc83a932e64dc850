"""The operator's page for programs: everything under /api/operator."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from qa_service.contract.documents import document_object
from qa_service.errors import InputError, QAServiceError
from qa_service.indexing.building.check import check_index
from qa_service.indexing.building.history import roll_back
from qa_service.input_checks import TRUTH
from qa_service.web.operator.access import keep_private, require_operator
from qa_service.web.operator.building import current_builder
from qa_service.web.operator.errors import operator_problem
from qa_service.web.operator.recording import current_questions
from qa_service.web.operator.report import (
    builds_told,
    collections_of,
    indexed_documents,
    manifest_in_use,
    skipped_files,
    upload_statuses,
)
from qa_service.web.operator.uploads import current_uploads
from qa_service.web.serving.answer_service import current_settings, receiving
from qa_service.web.serving.problems import Problem, tell

blueprint = Blueprint("operator_api", __name__, url_prefix="/api/operator")
blueprint.before_request(require_operator)
blueprint.after_request(keep_private)


@blueprint.errorhandler(QAServiceError)
def _tell(error: QAServiceError) -> Response:
    return tell(operator_problem(error))


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_: RequestEntityTooLarge) -> Response:
    most = current_uploads().max_file_bytes // 2**20
    return tell(Problem(413, f"A file may take {most} megabytes; split it."))


@blueprint.get("/documents")
def documents() -> dict[str, Any]:
    """Documents with how each was read, files that were not read, and collections."""
    listed = indexed_documents()
    skipped = skipped_files(manifest_in_use(current_settings().index_dir))
    return {
        "documents": [document_object(document) for document in listed],
        "skipped": [{"source": item.source, "reason": item.reason} for item in skipped],
        "collections": [asdict(held) for held in collections_of(listed)],
    }


@blueprint.get("/check")
def check() -> dict[str, Any]:
    """What `qa-service check` finds: every difference between index and corpus."""
    settings = current_settings()
    return {"problems": check_index(settings.index_dir, settings.folders)}


@blueprint.get("/build")
def build() -> dict[str, Any]:
    """How the latest build that was started here stands."""
    return asdict(current_builder().run)


@blueprint.post("/build")
def start_build() -> ResponseReturnValue:
    """Start a build."""
    return asdict(current_builder().start(_switch("full"))), 202


@blueprint.delete("/build")
def cancel_build() -> dict[str, Any]:
    """End the build that is running."""
    return asdict(current_builder().cancel())


@blueprint.get("/builds")
def builds() -> dict[str, Any]:
    """Builds that are kept, the latest first."""
    return {"builds": [asdict(kept) for kept in builds_told(current_settings().index_dir)]}


@blueprint.post("/builds/<build>/use")
def use_build(build: str) -> dict[str, Any]:
    """Go back to a build."""
    roll_back(current_settings().index_dir, build)
    return builds()


@blueprint.get("/uploads")
def uploads() -> dict[str, Any]:
    """Uploaded files and what the index in use has of them."""
    manifest = manifest_in_use(current_settings().index_dir)
    listed = upload_statuses(current_uploads().files(), manifest)
    return {
        "uploads": [
            {**asdict(item.upload), "state": item.state, "reason": item.reason} for item in listed
        ]
    }


@blueprint.put("/uploads/<name>")
def upload(name: str) -> ResponseReturnValue:
    """Store a file, which is the request's body."""
    folder = current_uploads()
    request.max_content_length = folder.max_file_bytes + 1
    with receiving():
        taken = folder.add(name, request.stream, _switch("replace"))
    return asdict(taken), 201


@blueprint.delete("/uploads/<name>")
def remove_upload(name: str) -> ResponseReturnValue:
    """Remove a file."""
    current_uploads().remove(name)
    return "", 204


@blueprint.get("/questions")
def questions() -> dict[str, Any]:
    """Questions recorded or judged, those without a right answer first."""
    log = current_questions()
    return {
        "recording": current_settings().record_questions,
        "recorded": log.count(),
        "questions": [asdict(item) for item in log.asked()],
    }


@blueprint.delete("/questions")
def forget_questions() -> dict[str, Any]:
    """Remove the records of one question, or of all."""
    return {"removed": current_questions().forget(request.args.get("question"))}


def _switch(name: str) -> bool:
    """A switch of the address, off where it is not there. Raises InputError."""
    value = request.args.get(name, "false").lower()
    if value not in TRUTH:
        raise InputError(name, "must be true or false")
    return TRUTH[value]
