"""Errors as the operator is told them: with the message that others find in the log only."""

from __future__ import annotations

from qa_service.errors import (
    BuildLocked,
    BuildNotFound,
    DamagedBuild,
    IndexingError,
    ModelError,
    QAServiceError,
    TokenError,
    UploadError,
    UploadExists,
    UploadNotFound,
    UploadsFull,
)
from qa_service.web.serving.problems import Problem, problem_of, sentence

_STATUSES: tuple[tuple[type[QAServiceError], int], ...] = (
    (BuildNotFound, 404),
    (BuildLocked, 409),
    (DamagedBuild, 409),
    (ModelError, 409),
    (IndexingError, 503),
    (UploadExists, 409),
    (UploadNotFound, 404),
    (UploadsFull, 507),
    (UploadError, 422),
    (TokenError, 409),
)


def operator_problem(error: QAServiceError) -> Problem:
    """The problem with the error's own message, or as everybody is told it."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return Problem(status, sentence(error))
    return problem_of(error)
