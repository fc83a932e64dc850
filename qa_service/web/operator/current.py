"""What the views of the operator work on, taken from the app in use."""

from __future__ import annotations

from typing import cast

from flask import current_app

from qa_service.feedback.questions import QuestionLog
from qa_service.web.operator.building import Builder
from qa_service.web.operator.uploads import UploadFolder

MULTIPART_BYTES = 2**20
"""What a form may take beside the files in it."""


def current_builder() -> Builder:
    """What runs builds."""
    return cast(Builder, current_app.extensions["builder"])


def current_uploads() -> UploadFolder:
    """The folder of uploads."""
    return cast(UploadFolder, current_app.extensions["uploads"])


def current_questions() -> QuestionLog:
    """The questions that were asked."""
    return cast(QuestionLog, current_app.extensions["questions"])
