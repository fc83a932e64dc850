"""Question set -> run: opens or builds the index, asks every question, measures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from qa_service import __version__
from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import DatasetError, InputError
from qa_service.evaluating.judged_answers import Asker, ask_questions
from qa_service.evaluating.questions.datasets import (
    Dataset,
    EvaluationQuestion,
    load_dataset,
    load_questions,
)
from qa_service.evaluating.questions.expected_places import place_questions, unplaced_questions
from qa_service.evaluating.questions.question_file import is_question_file, read_question_file
from qa_service.evaluating.reports.report import MeasuredSet, report_of
from qa_service.evaluating.results import QuestionResult
from qa_service.evaluating.stored_run import EvaluationRun
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.building.progress import Progress
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.embedded.folder import STORE_FILE
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.documents import Passage
from qa_service.understanding.follow_ups.left_out import TermClassifier

EVALUATIONS_FOLDER = "evaluations"
SAMPLE_SEED = 0
HistoryMode = Literal["with", "without", "both"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class EvaluationOptions:
    """How a set is asked.

    limit: so many questions, drawn at random with a fixed seed; None for all.
    history: whether questions are asked with what was said before; where both, follow-ups
        are asked a second time.
    foreign: another set or question file, whose questions this corpus should decline.
    """

    limit: int | None = None
    history: HistoryMode = "without"
    foreign: Path | None = None

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise InputError("limit", "give a number of questions from 1")


def evaluate(
    source: Path,
    settings: Settings,
    embedder: Embedder,
    progress: Progress,
    options: EvaluationOptions | None = None,
    reader: PassageReader | None = None,
    classifier: TermClassifier | None = None,
) -> EvaluationRun:
    """Measures a BEIR folder, or a question file against the index in use.

    A folder's build is kept below the index folder for the next run. Raises DatasetError
    where the source is neither, NoIndex where a file is asked before there is an index.
    """
    options = options or EvaluationOptions()
    foreign = _foreign_questions(options.foreign, options.limit) if options.foreign else []
    if is_question_file(source):
        lines = read_question_file(source)
        with _services(settings, embedder, reader, classifier) as services:
            documents = [services[0].document(item.id)[1] for item in services[0].documents()]
            dataset = place_questions(source, lines, documents)
            return _measure(dataset, settings, services, progress, options, foreign)
    dataset = _folder(source, settings)
    index_dir = settings.index_dir / EVALUATIONS_FOLDER / dataset.name
    build_index(
        dataset.documents, index_dir, embedder, BuildOptions(progress=progress, keep_builds=1)
    )
    own = replace(settings, index_dir=index_dir, engine="embedded")
    with _services(own, embedder, reader, classifier) as services:
        return _measure(dataset, own, services, progress, options, foreign)


def report_object(run: EvaluationRun) -> dict[str, Any]:
    """The figures of a run as JSON."""
    return dict(run.report)


@contextmanager
def _services(
    settings: Settings,
    embedder: Embedder,
    reader: PassageReader | None,
    classifier: TermClassifier | None,
) -> Iterator[tuple[AnswerService, AnswerService]]:
    """The service as settings have it, and one that declines nothing for lack of confidence."""
    open_handed = replace(settings, minimum_confidence=0.0)
    with (
        closing(AnswerService(settings, embedder, reader, classifier)) as service,
        closing(AnswerService(open_handed, embedder, reader, classifier)) as other,
    ):
        yield service, other


def _folder(source: Path, settings: Settings) -> Dataset:
    if source.is_file():
        raise DatasetError(
            f"{source} is neither a folder nor a .csv or .jsonl file; save a table of questions "
            "as “CSV UTF-8”"
        )
    dataset = load_dataset(source, settings)
    if not dataset.questions or not dataset.documents:
        raise DatasetError(f"{source} holds no questions or no documents")
    return dataset


def _measure(
    dataset: Dataset,
    settings: Settings,
    services: tuple[AnswerService, AnswerService],
    progress: Progress,
    options: EvaluationOptions,
    foreign: Sequence[EvaluationQuestion],
) -> EvaluationRun:
    documents = {document.id: document for document in dataset.documents}
    asker = Asker(*services, documents, _passages(settings.index_dir))
    questions = _sample(dataset.questions, options.limit)
    results = ask_questions(asker, questions, progress, with_history=options.history == "with")
    results += _ask_foreign(asker, foreign, progress)
    follow_ups = _ask_again(asker, questions, progress) if options.history == "both" else []
    index = services[0].index_info()
    measured = _measured_set(dataset, index.passages, options)
    return EvaluationRun(
        report=report_of(measured, results, follow_ups),
        results=tuple(results),
        follow_ups=tuple(follow_ups),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        build=index.build,
        settings={name: _plain(value) for name, value in asdict(settings).items()},
    )


def _measured_set(dataset: Dataset, passages: int, options: EvaluationOptions) -> MeasuredSet:
    return MeasuredSet(
        name=dataset.name,
        documents=len(dataset.documents),
        passages=passages,
        set_questions=len(dataset.questions),
        history=options.history,
        foreign_set=_name(options.foreign) if options.foreign else None,
    )


def _ask_foreign(
    asker: Asker, questions: Sequence[EvaluationQuestion], progress: Progress
) -> list[QuestionResult]:
    if not questions:
        return []
    return ask_questions(asker, questions, progress, foreign=True, stage="asking foreign questions")


def _ask_again(
    asker: Asker, questions: Sequence[EvaluationQuestion], progress: Progress
) -> list[QuestionResult]:
    """The follow-up questions once more, with what was said before."""
    again = [question for question in questions if question.history]
    if not again:
        return []
    return ask_questions(asker, again, progress, with_history=True, stage="asking with history")


def _passages(index_dir: Path) -> dict[str, list[Passage]]:
    """Every passage of the build in use by document id."""
    found: dict[str, list[Passage]] = {}
    with closing(PassageStore(current_build(index_dir) / STORE_FILE)) as store:
        for passage in all_passages(store):
            found.setdefault(passage.document_id, []).append(passage)
    return found


def _foreign_questions(path: Path, limit: int | None) -> list[EvaluationQuestion]:
    if is_question_file(path):
        return _sample(unplaced_questions(read_question_file(path)), limit)
    return _sample(load_questions(path), limit)


def _sample(items: Sequence[_T], limit: int | None) -> list[_T]:
    """So many of the items, drawn at random, in their own order."""
    if limit is None or limit >= len(items):
        return list(items)
    chosen = random.Random(SAMPLE_SEED).sample(range(len(items)), limit)
    return [items[place] for place in sorted(chosen)]


def _name(path: Path) -> str:
    return path.stem if is_question_file(path) else path.resolve().name


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
