"""The questions that are followed, kept beside the builds with what each was asked of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json

from qa_service.disk.whole_files import OWNER_ONLY, put_whole
from qa_service.errors import FollowingError
from qa_service.nouns.documents import DocumentSummary

FILE_NAME = "followed-questions.json"
MOST_FOLLOWED = 1_000
_MARK_LETTERS = 16


@dataclass(frozen=True, slots=True)
class FollowedQuestion:
    """A question and the marks of the document versions that it was asked of."""

    text: str
    seen: frozenset[str] = frozenset()

    def new_among(self, documents: Iterable[DocumentSummary]) -> tuple[DocumentSummary, ...]:
        """The documents that it was not asked of as they are now."""
        return tuple(document for document in documents if _mark(document) not in self.seen)

    def having_seen(self, documents: Iterable[DocumentSummary]) -> FollowedQuestion:
        """The question once it was asked of all of these."""
        return replace(self, seen=frozenset(map(_mark, documents)))


class _Kept(Struct, frozen=True):
    text: str
    seen: list[str]


class FollowedQuestions:
    """The file of an index folder. Every method raises FollowingError where it cannot be used."""

    def __init__(self, index_dir: Path) -> None:
        self.path = index_dir / FILE_NAME

    def all(self) -> tuple[FollowedQuestion, ...]:
        """The questions, the one followed longest first."""
        try:
            kept = json.decode(self.path.read_bytes(), type=list[_Kept])
        except FileNotFoundError:
            return ()
        except (OSError, DecodeError, ValidationError) as error:
            fix = "mend or delete it, and follow the questions again"
            raise FollowingError(f"{self.path} cannot be read ({error}); {fix}") from error
        return tuple(FollowedQuestion(item.text, frozenset(item.seen)) for item in kept)

    def put(self, question: FollowedQuestion) -> None:
        """Follows a question, or keeps what it was asked of since."""
        others = {item.text: item for item in self.all()}
        if question.text not in others and len(others) >= MOST_FOLLOWED:
            raise FollowingError(f"{MOST_FOLLOWED:,} questions are followed, as many as can be")
        self._write({**others, question.text: question}.values())

    def remove(self, text: str) -> None:
        """Follows a question no longer. Raises FollowingError where it is not followed."""
        kept = self.all()
        left = [item for item in kept if item.text != text]
        if len(left) == len(kept):
            raise FollowingError(f"{text!r} is not followed; --list prints what is")
        self._write(left)

    def _write(self, questions: Iterable[FollowedQuestion]) -> None:
        data = json.encode([_Kept(item.text, sorted(item.seen)) for item in questions])
        try:
            put_whole(self.path, data, OWNER_ONLY)
        except OSError as error:
            raise FollowingError(f"{self.path} cannot be written: {error.strerror}") from error


def _mark(document: DocumentSummary) -> str:
    """What tells a version of a document from every other."""
    return sha256(f"{document.id}\n{document.version}".encode()).hexdigest()[:_MARK_LETTERS]
