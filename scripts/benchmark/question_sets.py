"""Question sets in BEIR layout as one corpus, and their questions with what each should find."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import Dataset, EvaluationQuestion, load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.manifest import current_build, has_build
from qa_service.nouns.documents import Document

SEED = 0


def load_sets(folders: Sequence[Path]) -> list[Dataset]:
    """Every set, read whole. Raises DatasetError."""
    return [load_dataset(folder, Settings()) for folder in folders]


def opened_index(sets: Sequence[Dataset], folder: Path, embedder: Embedder) -> OpenedBuild:
    """The documents of all sets as one index in `folder`, built where it is not there yet."""
    if not has_build(folder):
        build_index(_joined(sets), folder, embedder, BuildOptions(keep_builds=1))
    return open_folder(current_build(folder))


def sampled_questions(sets: Sequence[Dataset], limit: int) -> list[EvaluationQuestion]:
    """Questions that stand alone and have an answer, of all sets, always the same."""
    every = [
        replace(
            question,
            id=f"{dataset.name}-{question.id}",
            grades={f"{dataset.name}-{name}": grade for name, grade in question.grades.items()},
        )
        for dataset in sets
        for question in dataset.questions
        if question.grades and not question.history and not question.document_ids
    ]
    return random.Random(SEED).sample(every, min(limit, len(every)))


def _joined(sets: Sequence[Dataset]) -> Iterator[Document]:
    """Every document once, its id and source told apart by its set."""
    for dataset in sets:
        for document in dataset.documents:
            name = f"{dataset.name}-{document.id}"
            yield replace(document, id=name, source=f"{dataset.name}/{document.source}")
