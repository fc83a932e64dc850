"""What people left beside the builds, copied to where other settings have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from qa_service.answering.calibration.stored import CALIBRATION_FILE
from qa_service.config import Settings
from qa_service.disk.kept_file import copy_file
from qa_service.disk.kept_records import FEEDBACK_FILE, QUESTIONS_FILE
from qa_service.disk.whole_files import ANYBODY, OWNER_ONLY
from qa_service.feedback.moving import copy_records
from qa_service.following.followed_questions import FILE_NAME as FOLLOWED_FILE
from qa_service.indexing.builds.beside import file_beside, records_beside, uploads_beside
from qa_service.indexing.keeping.uploads import copy_uploads
from qa_service.tokens.api_tokens import FILE_NAME as TOKENS_FILE

RECORDS = {FEEDBACK_FILE: "Verdicts", QUESTIONS_FILE: "Recorded questions"}
FILES = {
    FOLLOWED_FILE: ("Followed questions", OWNER_ONLY),
    CALIBRATION_FILE: ("The calibration", ANYBODY),
}


def copy_all(source: Settings, target: Settings) -> Iterator[str]:
    """Copies all of it, tokens (their hashes) and uploads too; says of each what became of it."""
    yield from copy_without_secrets(source, target)
    yield from _told("Tokens", _copy_file(source, target, TOKENS_FILE, OWNER_ONLY))
    yield from _told("Uploads", copy_uploads(uploads_beside(source), uploads_beside(target)))


def copy_without_secrets(source: Settings, target: Settings) -> Iterator[str]:
    """As `copy_all`, but for tokens and uploads."""
    for name, what in RECORDS.items():
        here, there = records_beside(source, name), records_beside(target, name)
        yield from _told(what, copy_records(here, there, PurePath(name).stem))
    for name, (what, mode) in FILES.items():
        yield from _told(what, _copy_file(source, target, name, mode))


def _copy_file(source: Settings, target: Settings, name: str, mode: int) -> bool | None:
    return copy_file(file_beside(source, name, mode), file_beside(target, name, mode))


def _told(what: str, there: bool | None) -> Iterator[str]:
    """Nothing of what there is none of."""
    if there is not None:
        yield (
            f"{what}: copied, and compared by their hash."
            if there
            else f"{what}: others are there already and stay as they are."
        )
