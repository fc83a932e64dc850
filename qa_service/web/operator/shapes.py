"""The shapes of the operator's endpoint, made of what its rooms tell."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from qa_service.contract.document_shapes import DocumentSummary
from qa_service.contract.parts import Count
from qa_service.feedback.questions import AskedQuestion
from qa_service.indexing.building.history import KeptBuild
from qa_service.web.operator.building import BuildRun as BuildRun
from qa_service.web.operator.report import Collection, UploadState
from qa_service.web.operator.uploads import Taken as Taken

Switch = Annotated[bool, Meta(description="Off where it is not there.")]


class Skipped(Struct, frozen=True):
    """A file that was not read, and why."""

    source: str
    reason: str


class OperatorDocuments(Struct, frozen=True):
    """How every file was read."""

    documents: list[DocumentSummary]
    skipped: list[Skipped]
    collections: list[Collection]


class Check(Struct, frozen=True):
    """What is wrong with the index in use."""

    problems: Annotated[list[str], Meta(description="A sentence each; none where sound.")]


class Builds(Struct, frozen=True):
    """Builds that are kept."""

    builds: list[KeptBuild]


class UploadedFile(Struct, frozen=True):
    """An upload, and what the index in use has of it."""

    name: str
    size: Annotated[Count, Meta(description="In bytes.")]
    stored: str
    version: Annotated[str, Meta(description="sha256 of the bytes, in hex.")]
    state: UploadState
    reason: Annotated[str, Meta(description="Why it was not read.")]


class Uploads(Struct, frozen=True):
    """Uploaded files."""

    uploads: list[UploadedFile]


class AskedQuestions(Struct, frozen=True):
    """Questions recorded or judged."""

    recording: bool
    recorded: Count
    questions: list[AskedQuestion]


class Removed(Struct, frozen=True):
    """How many records were removed."""

    removed: Count


class BuildAddress(Struct, frozen=True):
    """The address that starts a build."""

    full: Switch = False
    empty: Annotated[
        bool, Meta(description="Whether no document may be left; without it the build fails then.")
    ] = False


class UploadAddress(Struct, frozen=True):
    """The address that stores a file."""

    replace: Switch = False


class ForgetAddress(Struct, frozen=True):
    """The address that removes records."""

    question: Annotated[
        str | None, Meta(description="Whose records are removed; without it all are.")
    ] = None
