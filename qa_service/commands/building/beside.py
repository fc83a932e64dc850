"""What people left beside the builds, moved with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from qa_service.answering.calibration.stored import CALIBRATION_FILE
from qa_service.config import Settings
from qa_service.disk.kept_file import copy_file
from qa_service.disk.whole_files import ANYBODY, OWNER_ONLY
from qa_service.feedback.file import FEEDBACK_FILE, QUESTIONS_FILE, FeedbackFile, Records
from qa_service.feedback.moving import copy_records
from qa_service.following.followed_questions import FILE_NAME as FOLLOWED_FILE
from qa_service.indexing.builds.beside import file_beside, records_beside
from qa_service.tokens.api_tokens import FILE_NAME as TOKENS_FILE

RECORDS = {FEEDBACK_FILE: "Verdicts", QUESTIONS_FILE: "Recorded questions"}
FILES = {
    TOKENS_FILE: ("Tokens", OWNER_ONLY),
    FOLLOWED_FILE: ("Followed questions", OWNER_ONLY),
    CALIBRATION_FILE: ("The calibration", ANYBODY),
}


def copy_beside(source: Settings, target: Settings) -> Iterator[str]:
    """Copies all of it to where the other settings have it, and says of each what became of it."""
    for name, what in RECORDS.items():
        there = copy_records(_records(source, name), _records(target, name), PurePath(name).stem)
        yield from _told(what, there)
    for name, (what, mode) in FILES.items():
        there = copy_file(file_beside(source, name, mode), file_beside(target, name, mode))
        yield from _told(what, there)


def _records(settings: Settings, name: str) -> Records:
    most = settings.max_feedback_megabytes
    return records_beside(settings, name) or FeedbackFile(settings.index_dir, most, name)


def _told(what: str, there: bool | None) -> Iterator[str]:
    """Nothing of what there is none of."""
    if there is not None:
        yield (
            f"{what}: copied, and compared by their hash."
            if there
            else f"{what}: others are there already and stay as they are."
        )
