"""Questions that the documents answer, found while building and kept in the build."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SUGGESTED_FILE = "suggested.json"


@dataclass(frozen=True, slots=True)
class SuggestedQuestion:
    """A question, the document that answers it, and how sure that is, 0 to 1."""

    text: str
    document_id: str
    confidence: float


def save_suggested(path: Path, questions: Sequence[SuggestedQuestion]) -> None:
    """Writes the questions into one file, in their order."""
    values = [asdict(question) for question in questions]
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")


def open_suggested(path: Path) -> tuple[SuggestedQuestion, ...]:
    """The questions of a build, whose manifest has vouched for the file."""
    values = json.loads(path.read_text(encoding="utf-8"))
    return tuple(SuggestedQuestion(**value) for value in values)
