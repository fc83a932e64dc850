"""How a build is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from qa_service.indexing.building.progress import NoProgress, Progress
from qa_service.indexing.building.suggestions import Suggest
from qa_service.reading.limits import ReadingLimits
from qa_service.translation.catalogue import N_

NO_DOCUMENTS = N_(
    "%(folders)s holds no documents; put files there (.pdf, .docx, .xlsx, .md and others), or have "
    "the index hold none either: qa-service build --empty"
)
"""Why nothing is built: an index is not emptied because a disk was not there."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How many batches, and windows of each, are encoded at the same time, and what has those at
    work end."""

    at_once: int = 1
    stop: Callable[[], None] = field(default=lambda: None)


ALONE = Encoding()
"""Batches follow one another: the model uses every core for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """`total` is how many files are expected, None where that is not known; `reading` tells what
    they were read with, so that a later build knows whether it may take them over. `full` encodes
    every passage again. `mode` are the permissions of the build's folder, which nobody else may
    read before it is whole. With `empty` a build of no documents is made where there are none.

    Documents are cut into passages within the `limits` of reading; one that passes them is left
    out, and the manifest says why. `suggest` finds the questions that are kept as suggestions;
    those of the build in use stay where no document has changed.
    """

    progress: Progress = field(default_factory=NoProgress)
    total: int | None = None
    full: bool = False
    empty: bool = False
    keep_builds: int = 2
    suggest: Suggest | None = None
    reading: str = ""
    mode: int = 0o755
    limits: ReadingLimits = field(default_factory=ReadingLimits)
    encoding: Encoding = ALONE


AS_USUAL = BuildOptions()
