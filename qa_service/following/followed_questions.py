"""The questions that are followed, kept beside the builds with what each was asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from msgspec import DecodeError, Struct, ValidationError, json

from qa_service.disk.kept_file import KeptFile
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
    """Those in a file. Every method raises FollowingError where it cannot be used."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    def all(self) -> tuple[FollowedQuestion, ...]:
        """The questions, the one followed longest first."""
        try:
            return self._questions(self._file.read())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._unreadable(error) from error

    def put(self, question: FollowedQuestion) -> None:
        """Follows a question, or keeps what it was asked of since."""

        def added(kept: tuple[FollowedQuestion, ...]) -> Iterable[FollowedQuestion]:
            others = {item.text: item for item in kept}
            if question.text not in others and len(others) >= MOST_FOLLOWED:
                raise FollowingError(f"{MOST_FOLLOWED:,} questions are followed, as many as can be")
            return {**others, question.text: question}.values()

        self._change(added)

    def remove(self, text: str) -> None:
        """Follows a question no longer. Raises FollowingError where it is not followed."""

        def without(kept: tuple[FollowedQuestion, ...]) -> Iterable[FollowedQuestion]:
            left = [item for item in kept if item.text != text]
            if len(left) == len(kept):
                raise FollowingError(f"{text!r} is not followed; --list prints what is")
            return left

        self._change(without)

    def _questions(self, data: bytes | None) -> tuple[FollowedQuestion, ...]:
        try:
            kept = json.decode(data, type=list[_Kept]) if data is not None else []
        except (DecodeError, ValidationError) as error:
            raise self._unreadable(error) from error
        return tuple(FollowedQuestion(item.text, frozenset(item.seen)) for item in kept)

    def _change(
        self, change: Callable[[tuple[FollowedQuestion, ...]], Iterable[FollowedQuestion]]
    ) -> None:
        def changed(data: bytes | None) -> bytes:
            made = change(self._questions(data))
            return json.encode([_Kept(item.text, sorted(item.seen)) for item in made])

        try:
            self._file.change(changed)
        except OSError as error:
            raise FollowingError(
                f"{self._file.place} cannot be written: {error.strerror}"
            ) from error

    def _unreadable(self, error: Exception) -> FollowingError:
        fix = "mend or delete it, and follow the questions again"
        return FollowingError(f"{self._file.place} cannot be read ({error}); {fix}")


def _mark(document: DocumentSummary) -> str:
    """What tells a version of a document from every other."""
    return sha256(f"{document.id}\n{document.version}".encode()).hexdigest()[:_MARK_LETTERS]
