"""The operator's page for programs: everything under /api/operator."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from qa_service.contract.documents import document_object
from qa_service.errors import QAServiceError
from qa_service.indexing.builds.kept import check_builds, kept_builds_of
from qa_service.mirroring.unfetched import unfetched
from qa_service.translation.catalogue import _
from qa_service.translation.sentences import translated
from qa_service.web.operator.building import current_builder
from qa_service.web.operator.errors import operator_problem
from qa_service.web.operator.operator_token import keep_private, require_operator
from qa_service.web.operator.recording import current_questions
from qa_service.web.operator.report import (
    builds_told,
    collections_of,
    indexed_documents,
    manifest_in_use,
    skipped_files,
    upload_statuses,
)
from qa_service.web.operator.shapes import (
    AskedQuestions,
    BuildAddress,
    BuildRun,
    Builds,
    Check,
    ForgetAddress,
    OperatorDocuments,
    Removed,
    Taken,
    UploadAddress,
    Uploads,
)
from qa_service.web.operator.uploads import current_uploads
from qa_service.web.serving.answer_service import current_settings, receiving
from qa_service.web.serving.operations import operation
from qa_service.web.serving.problems import Problem, tell

blueprint = Blueprint("operator_api", __name__, url_prefix="/api/operator")
blueprint.before_request(require_operator)
blueprint.after_request(keep_private)


@blueprint.errorhandler(QAServiceError)
def _tell(error: QAServiceError) -> Response:
    return tell(operator_problem(error))


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_error: RequestEntityTooLarge) -> Response:
    most = current_uploads().max_file_bytes // 2**20
    return tell(Problem(413, _("A file may take %(number)s megabytes; split it.", number=most)))


@operation(blueprint, "get", "/documents", OperatorDocuments)
def report_documents() -> dict[str, Any]:
    """How every file was read. Also those that were not, and collections."""
    listed = indexed_documents()
    skipped = skipped_files(manifest_in_use(kept_builds_of(current_settings())))
    return {
        "documents": [document_object(document) for document in listed],
        "skipped": [{"source": item.source, "reason": item.reason} for item in skipped],
        "collections": [asdict(held) for held in collections_of(listed)],
    }


@operation(blueprint, "get", "/check", Check, (503,))
def check() -> dict[str, Any]:
    """Compare the index with the files."""
    settings = current_settings()
    found = check_builds(settings, unfetched(settings))
    return {"problems": list(map(translated, found))}


@operation(blueprint, "get", "/build", BuildRun)
def follow_build() -> dict[str, Any]:
    """How the latest build stands."""
    return asdict(current_builder().run)


@operation(
    blueprint,
    "post",
    "/build",
    BuildRun,
    (409, 422),
    address=BuildAddress,
    success="202",
)
def start_build(asked: BuildAddress) -> ResponseReturnValue:
    """Start a build."""
    return asdict(current_builder().start(asked.full, asked.empty)), 202


@operation(blueprint, "delete", "/build", BuildRun)
def cancel_build() -> dict[str, Any]:
    """End the build that is running."""
    return asdict(current_builder().cancel())


@operation(blueprint, "get", "/builds", Builds)
def list_builds() -> dict[str, Any]:
    """Builds that are kept, the latest first."""
    return {"builds": [asdict(kept) for kept in builds_told(kept_builds_of(current_settings()))]}


@operation(blueprint, "post", "/builds/<build>/use", Builds, (409,))
def use_build(build: str) -> dict[str, Any]:
    """Go back to a build."""
    kept_builds_of(current_settings()).roll_back(build)
    return list_builds()


@operation(blueprint, "get", "/uploads", Uploads)
def list_uploads() -> dict[str, Any]:
    """Uploaded files and their state."""
    manifest = manifest_in_use(kept_builds_of(current_settings()))
    listed = upload_statuses(current_uploads().files(), manifest)
    return {
        "uploads": [
            {**asdict(item.upload), "state": item.state, "reason": item.reason} for item in listed
        ]
    }


@operation(
    blueprint,
    "put",
    "/uploads/<name>",
    Taken,
    (409, 413, 422, 507),
    body="file",
    address=UploadAddress,
    success="201",
)
def upload(asked: UploadAddress, name: str) -> ResponseReturnValue:
    """Store a file. It is the request's body."""
    folder = current_uploads()
    request.max_content_length = folder.max_file_bytes + 1
    with receiving():
        taken = folder.add(name, request.stream, asked.replace)
    return asdict(taken), 201


@operation(blueprint, "delete", "/uploads/<name>", success="204")
def remove_upload(name: str) -> ResponseReturnValue:
    """Remove a file."""
    current_uploads().remove(name)
    return "", 204


@operation(blueprint, "get", "/questions", AskedQuestions)
def list_questions() -> dict[str, Any]:
    """Questions, open ones first. They were recorded or judged."""
    log = current_questions()
    return {
        "recording": current_settings().record_questions,
        "recorded": log.count(),
        "questions": [asdict(item) for item in log.asked()],
    }


@operation(blueprint, "delete", "/questions", Removed, address=ForgetAddress)
def forget_questions(asked: ForgetAddress) -> dict[str, Any]:
    """Remove the records of one question or all."""
    return {"removed": current_questions().forget(asked.question)}
