"""A run as a file: its figures, how it was made, and what came of every question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qa_service.errors import DatasetError
from qa_service.evaluating.results import QuestionResult, result_from

FORMAT = 1


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """One run. `report` holds the figures by name as they are printed; `made` is the date
    and time in UTC; `build` names the index build that answered; `follow_ups` are the
    questions that were asked a second time, with their history.
    """

    report: Mapping[str, Any]
    results: tuple[QuestionResult, ...]
    follow_ups: tuple[QuestionResult, ...]
    made: str
    version: str
    build: str | None
    settings: Mapping[str, Any]


def write_run(path: Path, run: EvaluationRun) -> None:
    """Stores a run as JSON. Raises DatasetError where the file cannot be written."""
    text = json.dumps({"format": FORMAT, **asdict(run)}, ensure_ascii=False, indent=1)
    write_text(path, text + "\n")


def read_run(path: Path) -> EvaluationRun:
    """A stored run. Raises DatasetError where the file is not one."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values.pop("format") != FORMAT:
            raise ValueError("it is of another version of the service")
        for name in ("results", "follow_ups"):
            values[name] = tuple(result_from(record) for record in values[name])
        run = EvaluationRun(**values)
        if not {"dataset", "median_ms"} <= run.report.keys():
            raise ValueError("its figures are missing")
        return run
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            f"{path} is not a stored run ({error}); make one with evaluate --output {path}"
        ) from error


def require_writable(*paths: Path | None) -> None:
    """Raises DatasetError for a file that cannot be written, before a long run begins."""
    for path in paths:
        if path and (path.is_dir() or not path.resolve().parent.is_dir()):
            reason = "it is a folder" if path.is_dir() else "its folder is not there"
            raise DatasetError(f"cannot write {path}: {reason}; choose another file")


def write_text(path: Path, text: str) -> None:
    """Raises DatasetError where the file cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DatasetError(f"cannot write {path}: {error.strerror}; choose another file") from error
