"""Questions are recorded where the operator wants that, once they are answered."""

from __future__ import annotations

import logging
from typing import cast

from flask import Flask, current_app

from qa_service.config import Settings
from qa_service.disk.kept_records import FEEDBACK_FILE, QUESTIONS_FILE
from qa_service.errors import FeedbackError
from qa_service.feedback.questions import QuestionLog
from qa_service.feedback.store import FeedbackStore
from qa_service.indexing.builds.beside import records_beside
from qa_service.nouns.answers import Answer
from qa_service.nouns.questions import NO_FILTERS, Question
from qa_service.web.operator.operator_token import is_operator

logger = logging.getLogger(__name__)


def register(app: Flask, settings: Settings) -> None:
    """Let the app record questions, or not, and its pages say so."""
    app.config["RECORD_QUESTIONS"] = settings.record_questions
    app.jinja_env.globals["records_questions"] = settings.record_questions
    app.extensions["questions"] = QuestionLog(
        records_beside(settings, QUESTIONS_FILE),
        FeedbackStore(records_beside(settings, FEEDBACK_FILE)),
    )


def current_questions() -> QuestionLog:
    """The questions that were asked of the app in use."""
    return cast(QuestionLog, current_app.extensions["questions"])


def recorded(question: Question, answer: Answer) -> Answer:
    """The answer, once its question is recorded if it looked for something in the documents.

    An answer is given whether or not that could be done. What the operator asks to look into
    a question is not counted.
    """
    looked_for = answer.kind not in ("small_talk", "documents") and not is_operator()
    if current_app.config["RECORD_QUESTIONS"] and looked_for:
        log = current_questions()
        limited = question.filters != NO_FILTERS
        understood = answer.standalone_question if answer.understood else ""
        how = (answer.answered, limited, answer.confidence, understood)
        try:
            log.record(question.text, *how)
        except FeedbackError as error:
            logger.error("a question was not recorded: %s", error)
    return answer
