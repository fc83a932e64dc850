"""Writes question sets in BEIR layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

HARBOUR = "Harbour boats sail to the islands daily."
SCHOOL = "The harbour school teaches pupils how boats are built."
LIBRARY = "The library opens at nine."
CORPUS = [
    {"_id": "boats", "title": "Boats", "text": HARBOUR},
    {"_id": "school", "title": "School", "text": SCHOOL},
    {"_id": "library", "title": "", "text": LIBRARY},
]
Records = Sequence[Mapping[str, Any]]


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[..., Path]:
    """Writes a set of three documents, or others, with these questions and grades."""

    def write(
        questions: Records,
        grades: Sequence[tuple[str, str, int]] = (),
        *,
        unanswerable: Records | None = None,
        **files: Records,
    ) -> Path:
        folder = tmp_path / "harbour-set"
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        written = {"queries": questions, **(files or {"corpus": CORPUS})}
        if unanswerable is not None:
            written["queries_unanswerable"] = unanswerable
        for name, records in written.items():
            lines = "".join(json.dumps(record) + "\n" for record in records)
            (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in grades)]
        (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return folder

    return write
