"""What lies beside the builds of a folder, as the service itself opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa_service.config import Settings
from qa_service.disk.kept_records import FEEDBACK_FILE, QUESTIONS_FILE
from qa_service.disk.whole_files import OWNER_ONLY
from qa_service.feedback.questions import QuestionLog
from qa_service.feedback.store import FeedbackStore
from qa_service.following import followed_questions
from qa_service.following.followed_questions import FollowedQuestions
from qa_service.indexing.builds.beside import file_beside, records_beside
from qa_service.tokens import api_tokens
from qa_service.tokens.api_tokens import ApiTokens


def feedback_in(folder: Path, most: int = 64) -> FeedbackStore:
    """The verdicts, of so many megabytes at most."""
    return FeedbackStore(records_beside(_settings(folder, most), FEEDBACK_FILE))


def questions_in(folder: Path, most: int = 64) -> QuestionLog:
    """The questions asked, of so many megabytes at most."""
    records = records_beside(_settings(folder, most), QUESTIONS_FILE)
    return QuestionLog(records, feedback_in(folder, most))


def tokens_in(folder: Path, *now: Any) -> ApiTokens:
    """The tokens of programs."""
    return ApiTokens(file_beside(_settings(folder), api_tokens.FILE_NAME, OWNER_ONLY), *now)


def followed_in(folder: Path) -> FollowedQuestions:
    """The questions that are followed."""
    name = followed_questions.FILE_NAME
    return FollowedQuestions(file_beside(_settings(folder), name, OWNER_ONLY))


def _settings(folder: Path, most: int = 64) -> Settings:
    return Settings(index_dir=folder, max_feedback_megabytes=most)
