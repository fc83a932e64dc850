"""Errors as people and programs can use them: a page, or RFC 9457 problem details."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from msgspec import UNSET, json
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as PlainResponse

from qa_service.contract import shapes
from qa_service.errors import (
    DocumentNotFound,
    DocumentWithdrawn,
    EngineUnavailable,
    FeedbackError,
    FeedbackFull,
    FeedbackNotFound,
    IndexingError,
    InputError,
    MissingPackage,
    NoIndex,
    NotAnswering,
    OriginalUnavailable,
    ProviderAway,
    QAServiceError,
    TookTooLong,
)
from qa_service.translation.catalogue import N_, _, number_words
from qa_service.translation.sentences import as_sentence

FOR_PROGRAMS = ("api", "feeds", "mcp")
"""Addresses begin so that no person opens."""
MEDIA_TYPE = "application/problem+json"
HOW_TO_BUILD = N_("No index has been built yet. Build one with the command: qa-service build")
UNUSABLE_INDEX = N_(
    "The index cannot be used for now. The log of the server says why; "
    "on the server, qa-service check looks for what is wrong."
)
NOBODY_ANSWERS = N_(
    "The processes that answer have ended or hang; others are being started. Ask again in a moment."
)
NO_DATABASE = N_(
    "The database that holds the documents does not answer for now. Ask again in a moment."
)
RETRY_SECONDS = 5
"""After so long what could not be reached may be asked again."""
SIGN_IN_AWAY = N_(
    "The service that says who people are does not answer for now. Try again in a moment."
)
FEEDBACK_FULL = N_("No more feedback is taken: its file is full. Tell whoever runs this server.")
UNUSABLE_FEEDBACK = N_("Feedback cannot be stored for now. The log of the server says why.")
UNEXPECTED = N_("Something went wrong on our side. It has been logged; please try again.")
DETAILS = {
    404: N_(
        "There is nothing at this address. Check it, or start from the documents at /documents."
    ),
    405: N_("This address does not take %(method)s requests."),
    413: N_("The request is larger than %(limit)s bytes. Send a shorter question or less history."),
}
TITLES = (
    *(N_("Bad Request"), N_("Unauthorized"), N_("Forbidden"), N_("Not Found"), N_("Gone")),
    *(N_("Method Not Allowed"), N_("Conflict"), N_("Request Entity Too Large")),
    *(N_("Unsupported Media Type"), N_("Unprocessable Entity"), N_("Too Many Requests")),
    *(
        N_("Internal Server Error"),
        N_("Not Implemented"),
        N_("Service Unavailable"),
        N_("Insufficient Storage"),
    ),
)
"""The names of those statuses that are told."""
QUESTION_FIELD = N_("question")
"""The part of a request that people know by a name."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as it is told; `field` is the part of the request that broke the contract,
    `moved_to` the id under which a withdrawn document is found now, `retry_after` the seconds
    after which to ask again."""

    status: int
    detail: str
    field: str | None = None
    moved_to: str | None = None
    retry_after: int | None = None

    @property
    def title(self) -> str:
        """The name of the status, in English as HTTP has it."""
        return _(HTTPStatus(self.status).phrase)


def register(app: Flask) -> None:
    """Let every error of the app, whatever raised it, be told as a Problem."""
    app.register_error_handler(HTTPException, _tell_http_error)
    app.register_error_handler(QAServiceError, _tell_service_error)
    app.register_error_handler(Exception, _tell_unexpected_error)


def problem_of(error: QAServiceError) -> Problem:
    """How an error of the service is told. Messages for operators stay in the log."""
    if isinstance(error, InputError):
        return Problem(422, f"{_(error.field)}: {error.detail}", error.field)
    if isinstance(error, DocumentWithdrawn):
        return Problem(410, sentence(error), moved_to=error.moved_to)
    if isinstance(error, DocumentNotFound):
        return Problem(404, sentence(error))
    if isinstance(error, OriginalUnavailable):
        return Problem(409, sentence(error))
    if isinstance(error, NoIndex):
        return Problem(503, _(HOW_TO_BUILD))
    if isinstance(error, EngineUnavailable):
        return Problem(503, _(NO_DATABASE), retry_after=RETRY_SECONDS)
    if isinstance(error, IndexingError):
        return Problem(503, _(UNUSABLE_INDEX))
    if isinstance(error, NotAnswering):
        return Problem(503, _(NOBODY_ANSWERS), retry_after=RETRY_SECONDS)
    if isinstance(error, ProviderAway):
        return Problem(503, _(SIGN_IN_AWAY))
    if isinstance(error, TookTooLong):
        return Problem(503, sentence(error))
    if isinstance(error, MissingPackage):
        return Problem(501, sentence(error))
    if isinstance(error, FeedbackError):
        return _feedback_problem(error)
    return Problem(500, _(UNEXPECTED))


def sentence(error: QAServiceError) -> str:
    """The message of an error as people read it, with one full stop at its end."""
    return as_sentence(str(error))


def _feedback_problem(error: FeedbackError) -> Problem:
    if isinstance(error, FeedbackNotFound):
        return Problem(404, str(error))
    if isinstance(error, FeedbackFull):
        return Problem(507, _(FEEDBACK_FULL))
    return Problem(503, _(UNUSABLE_FEEDBACK))


def _tell_service_error(error: QAServiceError) -> Response:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s: %s", type(error).__name__, error)
    return tell(problem)


def _tell_http_error(error: HTTPException) -> Response | PlainResponse:
    """Keeps the headers that belong to the status, such as Allow and Retry-After."""
    plain = error.get_response()
    if plain.status_code < HTTPStatus.BAD_REQUEST:
        return plain
    response = tell(Problem(plain.status_code, _detail(error, plain.status_code)))
    for name in ("Allow", "Retry-After"):
        if name in plain.headers:
            response.headers[name] = plain.headers[name]
    return response


def _tell_unexpected_error(error: Exception) -> Response:
    logger.error("unexpected error", exc_info=error)
    return tell(Problem(500, _(UNEXPECTED)))


def _detail(error: HTTPException, status: int) -> str:
    """Our own sentence where there is one, else the error's."""
    if status in DETAILS:
        limit = request.max_content_length or 0
        return _(DETAILS[status], method=request.method, limit=number_words(limit))
    return _(error.description or HTTPStatus(status).phrase)


def tell(problem: Problem) -> Response:
    """A problem as a response: JSON for programs, else a page."""
    if request.path.split("/")[1] in FOR_PROGRAMS:
        response = _json_response(problem)
    else:
        response = make_response(render_template("problem.html", problem=problem), problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _json_response(problem: Problem) -> Response:
    told = shapes.Problem(
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        field=problem.field or UNSET,
    )
    return Response(json.encode(told), problem.status, mimetype=MEDIA_TYPE)
