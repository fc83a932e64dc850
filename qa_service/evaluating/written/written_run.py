"""A file of written questions -> figures, asked of the index in use."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import DatasetError
from qa_service.evaluating.written.asking_talks import TalkAsker, WrittenResult, ask_talks
from qa_service.evaluating.written.written_questions import Talk, read_written_file
from qa_service.evaluating.written.written_report import written_report
from qa_service.indexing.building.progress import Progress
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.understanding.follow_ups.left_out import TermClassifier

SAMPLE_SEED = 0


@dataclass(frozen=True, slots=True)
class WrittenRun:
    """The figures and what came of every question."""

    report: dict[str, Any]
    results: tuple[WrittenResult, ...]

    def as_object(self) -> dict[str, Any]:
        """The run as JSON."""
        return {"report": self.report, "results": [asdict(result) for result in self.results]}


def evaluate_written(
    path: Path,
    settings: Settings,
    embedder: Embedder,
    progress: Progress,
    reader: PassageReader | None = None,
    classifier: TermClassifier | None = None,
    limit: int | None = None,
) -> WrittenRun:
    """Asks every question whose files the index has, or `limit` talks of them.

    Raises DatasetError for bad lines and where no question is left, NoIndex before a build.
    """
    talks = read_written_file(path)
    open_handed = replace(settings, minimum_confidence=0.0)
    with (
        closing(AnswerService(settings, embedder, reader, classifier)) as service,
        closing(AnswerService(open_handed, embedder, reader, classifier)) as other,
    ):
        kept = _within(talks, service)
        if not kept:
            raise DatasetError(f"{path}: the index has none of its files; build it with them")
        asked = _sample(kept, limit)
        results = ask_talks(TalkAsker(service, other), asked, progress)
    left_out = sum(map(len, talks)) - sum(map(len, kept))
    return WrittenRun(written_report(path.stem, results, left_out), tuple(results))


def _within(talks: Sequence[Talk], service: AnswerService) -> list[Talk]:
    documents = service.documents()
    names = {PurePosixPath(source).name for it in documents for source in (it.source, *it.sources)}
    return [talk for talk in talks if all(question.files <= names for question in talk)]


def _sample(talks: Sequence[Talk], limit: int | None) -> Sequence[Talk]:
    if limit is None or limit >= len(talks):
        return talks
    chosen = random.Random(SAMPLE_SEED).sample(range(len(talks)), limit)
    return [talks[place] for place in sorted(chosen)]
