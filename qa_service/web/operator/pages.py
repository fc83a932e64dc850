"""The operator's page, as forms and tables: it works without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from qa_service.errors import QAServiceError, UploadError
from qa_service.evaluating.questions.question_file import QuestionLine, question_csv
from qa_service.feedback.questions import AskedQuestion
from qa_service.indexing.builds.kept import check_builds, kept_builds_of
from qa_service.mirroring.unfetched import unfetched
from qa_service.nouns.documents import DocumentSummary
from qa_service.reading.blocks.losses import page_ranges
from qa_service.translation.catalogue import N_, _, date_words
from qa_service.translation.sentences import translated
from qa_service.web.operator.building import current_builder
from qa_service.web.operator.errors import operator_problem
from qa_service.web.operator.operator_token import keep_private, require_operator
from qa_service.web.operator.recording import current_questions
from qa_service.web.operator.report import (
    builds_told,
    collections_of,
    indexed_documents,
    is_doubtful,
    manifest_in_use,
    newer_build,
    queue_of_tasks,
    refused_build,
    removed_uploads,
    skipped_files,
    upload_statuses,
    why_unusable,
)
from qa_service.web.operator.uploads import MULTIPART_BYTES, current_uploads
from qa_service.web.serving.answer_service import current_settings
from qa_service.web.serving.problems import Problem

blueprint = Blueprint("operator", __name__, url_prefix="/operator")
blueprint.before_request(require_operator)
blueprint.after_request(keep_private)
blueprint.add_app_template_filter(lambda pages: translated(page_ranges(pages)), "page_ranges")
MOST_SHOWN = 200
NO_FILES = N_("Choose at least one file.")


@blueprint.errorhandler(Unauthorized)
def _ask_for_token(_: Unauthorized) -> Response:
    return make_response(render_template("operator/sign_in.html"), 401)


@blueprint.errorhandler(QAServiceError)
def _tell(error: QAServiceError) -> Response:
    return _problem_page(operator_problem(error))


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_error: RequestEntityTooLarge) -> Response:
    most = current_uploads().max_file_bytes // 2**20
    detail = _("Files of one upload may take %(number)s megabytes together.", number=most)
    return _problem_page(Problem(413, detail))


@blueprint.get("", strict_slashes=False)
def index() -> str:
    """The index in use, the latest build, collections and builds that are kept."""
    settings = current_settings()
    checked = "check" in request.args
    unusable, refused = why_unusable(), refused_build()
    builds = builds_told(kept_builds_of(settings))
    return render_template(
        "operator/index.html",
        run=current_builder().run,
        queue=queue_of_tasks(settings),
        manifest=manifest_in_use(kept_builds_of(settings)),
        builds=builds,
        refused=refused,
        newer=None if refused else newer_build(builds),
        keep_builds=settings.keep_builds,
        unusable=unusable,
        collections=collections_of(() if unusable else indexed_documents()),
        checked=checked,
        problems=check_builds(settings, unfetched(settings)) if checked else [],
    )


@blueprint.post("/build")
def start_build() -> ResponseReturnValue:
    """Start a build, then show how it goes."""
    current_builder().start("full" in request.form, "empty" in request.form)
    return redirect(url_for(".index", _anchor="build"), code=303)


@blueprint.post("/build/cancel")
def cancel_build() -> ResponseReturnValue:
    """End the build that is running."""
    current_builder().cancel()
    return redirect(url_for(".index", _anchor="build"), code=303)


@blueprint.post("/builds/<build>/use")
def use_build(build: str) -> ResponseReturnValue:
    """Go back to a build."""
    kept_builds_of(current_settings()).roll_back(build)
    return redirect(url_for(".index", _anchor="builds"), code=303)


@blueprint.get("/documents")
def documents() -> str:
    """Every document with how it was read; doubtful ones first."""
    manifest = manifest_in_use(kept_builds_of(current_settings()))
    listed = indexed_documents()
    doubtful = [document for document in listed if is_doubtful(document)]
    chosen = _chosen(doubtful if "doubtful" in request.args else listed)
    return render_template(
        "operator/documents.html",
        total=len(listed),
        doubtful=len(doubtful),
        found=len(chosen),
        documents=sorted(chosen, key=lambda item: not is_doubtful(item))[:MOST_SHOWN],
        skipped=skipped_files(manifest),
    )


@blueprint.get("/uploads")
def uploads() -> str:
    """Uploaded files, and what the index has of them."""
    return _uploads_page()


@blueprint.post("/uploads")
def upload() -> ResponseReturnValue:
    """Store files, and say of each what became of it."""
    folder = current_uploads()
    request.max_content_length = folder.max_file_bytes + MULTIPART_BYTES
    taken, refused = [], []
    files = [file for file in request.files.getlist("file") if file.filename]
    for file in files:
        try:
            taken.append(folder.add(file.filename or "", file.stream, "replace" in request.form))
        except UploadError as error:
            refused.append(operator_problem(error).detail)
    if not files:
        refused.append(_(NO_FILES))
    return _uploads_page(taken=taken, refused=refused), 422 if refused else 200


@blueprint.post("/uploads/<name>/remove")
def remove_upload(name: str) -> ResponseReturnValue:
    """Remove a file."""
    current_uploads().remove(name)
    return redirect(url_for(".uploads", removed=name), code=303)


@blueprint.get("/questions")
def questions() -> str:
    """Questions that were asked, those without a right answer first."""
    log = current_questions()
    asked = log.asked()
    return render_template(
        "operator/questions.html",
        recording=current_settings().record_questions,
        recorded=log.count(),
        total=len(asked),
        open_ones=sum(item.is_open for item in asked),
        questions=asked[:MOST_SHOWN],
    )


@blueprint.get("/questions.csv")
def questions_file() -> Response:
    """The same as a table for `evaluate`, to be completed by a person."""
    lines = map(question_line, current_questions().asked())
    response = Response(question_csv(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="questions-asked.csv"'
    return response


@blueprint.post("/questions/forget")
def forget_questions() -> ResponseReturnValue:
    """Remove the records of one question, or of all."""
    current_questions().forget(request.form.get("question"))
    return redirect(url_for(".questions"), code=303)


@blueprint.app_template_filter()
def moment_words(moment: str) -> str:
    """ "24 May 2023, 14:05 UTC" from ISO 8601 in UTC."""
    try:
        found = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return moment
    return f"{date_words(found.date().isoformat())}, {found:%H:%M} UTC"


@blueprint.app_template_filter()
def size_words(size: int) -> str:
    """ "12 KB", "3.4 MB": thousands of bytes."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"


def _uploads_page(**values: object) -> str:
    manifest = manifest_in_use(kept_builds_of(current_settings()))
    listed = current_uploads().files()
    return render_template(
        "operator/uploads.html",
        folder=translated(str(current_uploads().place)),
        max_megabytes=current_uploads().max_file_bytes // 2**20,
        uploads=upload_statuses(listed, manifest, indexed_documents()),
        still_quoted=removed_uploads(listed, manifest, current_settings()),
        **values,
    )


def _chosen(
    documents: list[DocumentSummary] | tuple[DocumentSummary, ...],
) -> list[DocumentSummary]:
    """Those of which title or file hold what was looked for."""
    wanted = request.args.get("find", "").casefold().split()
    return [
        document
        for document in documents
        if all(word in f"{document.title} {document.source}".casefold() for word in wanted)
    ]


def _problem_page(problem: Problem) -> Response:
    page = render_template("operator/problem.html", problem=problem)
    return make_response(page, problem.status)


def question_line(asked: AskedQuestion) -> QuestionLine:
    """The question as understood, expecting nothing yet; the note says how it went, and how a
    follow-up was typed."""
    counts = (
        ("asked", asked.times),
        ("unanswered", asked.unanswered),
        ("marked right", asked.up),
        ("marked wrong", asked.down),
    )
    said = [f"typed “{asked.text}”"] if asked.understood else []
    said += [f"{words} {number}×" for words, number in counts if number]
    note = "; ".join([*said, f"last on {asked.last[:10]}", *asked.notes])
    return QuestionLine(asked.understood or asked.text, note=note)
