"""Commands on the index: build, builds, documents, check."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from qa_service.commands import ANSWERED, FAILED, PARTLY_BUILT, json_text
from qa_service.commands.building.attended import end_with_input
from qa_service.commands.json_progress import JsonProgress
from qa_service.commands.progress import TerminalProgress
from qa_service.config import Settings
from qa_service.config_checks import UPLOADS
from qa_service.errors import BuildFailed, IndexingError
from qa_service.nouns.documents import DocumentSummary
from qa_service.plain_names import plain_name
from qa_service.reading.limits import limits_of
from qa_service.translation.catalogue import N_, _, speaking
from qa_service.translation.languages import DEFAULT, LANGUAGES
from qa_service.translation.sentences import said, translated

if TYPE_CHECKING:
    from qa_service.indexing.building.build import BuildReport
    from qa_service.indexing.building.options import BuildOptions
    from qa_service.indexing.encoding.embedding import Embedder


def build(options: argparse.Namespace, settings: Settings) -> int:
    """Indexes the corpus; with --watch again whenever a file changes."""
    from qa_service.commands.building.mirroring import Mirroring
    from qa_service.indexing.building.watching import changes
    from qa_service.indexing.encoding.embedders import open_embedder

    if options.attended:
        end_with_input()
    if options.if_missing and _has_build(settings):
        return ANSWERED
    mirror = Mirroring(settings, _progress(options.json))
    mirror.refresh(forget=options.forget)
    _require_documents(settings, options.empty)
    if options.forget:
        settings = replace(settings, keep_builds=1)
    embedder = open_embedder(settings)
    status = _build_once(settings, embedder, options)
    if options.watch:
        print("Watching for changes; stop with Ctrl-C", file=sys.stderr)
        for _ in changes(mirror.folders):
            try:
                _build_once(settings, embedder, options, again=True)
            except IndexingError as error:
                print(f"qa-service: {plain_name(str(error))}", file=sys.stderr)
    return status


def _has_build(settings: Settings) -> bool:
    from qa_service.indexing.builds.kept import kept_builds_of

    return any(kept.in_use for kept in kept_builds_of(settings).history())


def _build_once(
    settings: Settings, embedder: Embedder, options: argparse.Namespace, again: bool = False
) -> int:
    """Builds, and says what came of it; with --full everything is encoded, but not `again`."""
    progress = _progress(options.json)
    report = _built(settings, embedder, options, progress, again)
    if isinstance(progress, JsonProgress):
        progress.write(_report_object(report, listed_documents(settings)))
    else:
        _print_report(report, settings)
    return PARTLY_BUILT if report.manifest.skipped else ANSWERED


def _built(
    settings: Settings,
    embedder: Embedder,
    options: argparse.Namespace,
    progress: JsonProgress | TerminalProgress,
    again: bool,
) -> BuildReport:
    from qa_service.commands.building.queueing import Workforce, queue_of
    from qa_service.indexing.building.build import build_index
    from qa_service.indexing.building.corpus import read_corpus
    from qa_service.indexing.building.reading_cache import earlier_readings
    from qa_service.indexing.builds.publishing import open_publisher
    from qa_service.mirroring.unfetched import unfetched

    full = options.full and not again
    how = replace(_build_options(settings, embedder, progress), full=full, empty=options.empty)
    lost = unfetched(settings)
    workforce = (
        queue_of(settings, embedder, how.reading, progress)
        if options.queue
        else nullcontext(Workforce(embedder))
    )
    with (
        open_publisher(settings).published(),
        earlier_readings(settings.index_dir, how.reading) as earlier,
        workforce as force,
    ):
        known, processes = None if full else earlier, settings.reading_processes
        files = read_corpus(settings.folders, how.limits, processes, known, lost, force.readers)
        how = replace(how, encoding=force.encoding)
        return build_index(files, settings.index_dir, force.embedder, how)


def _build_options(
    settings: Settings, embedder: Embedder, progress: JsonProgress | TerminalProgress
) -> BuildOptions:
    from qa_service.answering.suggesting.suggesting import suggested_questions
    from qa_service.indexing.building.corpus import corpus_sources, folder_mode
    from qa_service.indexing.building.options import BuildOptions
    from qa_service.mirroring.unfetched import unfetched
    from qa_service.reading.fingerprint import reading_fingerprint

    limits = limits_of(settings)
    return BuildOptions(
        progress=progress,
        total=len(corpus_sources(settings.folders)) + len(unfetched(settings)),
        keep_builds=settings.keep_builds,
        reading=reading_fingerprint(limits),
        mode=folder_mode(settings.folders),
        limits=limits,
        suggest=lambda opened, *some: suggested_questions(opened, settings, embedder, *some),
    )


def _progress(as_json: bool) -> JsonProgress | TerminalProgress:
    return JsonProgress(sys.stdout) if as_json else TerminalProgress(sys.stderr)


def _report_object(report: BuildReport, documents: tuple[DocumentSummary, ...]) -> dict[str, Any]:
    manifest = report.manifest
    return {
        "build": manifest.build,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "encoded": report.encoded,
        "reused": report.reused,
        "reading_seconds": {stage: round(report.reading[stage], 3) for stage in report.reading},
        "skipped": [{"source": item.source, "reason": item.reason} for item in manifest.skipped],
        "warnings": [
            {"source": item.source, "warning": warning}
            for item in documents
            for warning in item.extraction.warnings
        ],
    }


def _print_report(report: BuildReport, settings: Settings) -> None:
    from qa_service.terminal import build_text

    warnings, summary = build_text(report, listed_documents(settings))
    for line in warnings:
        print(line, file=sys.stderr)
    print(summary, flush=True)
    if report.reading:
        print(_reading_text(report), flush=True)


def _reading_text(report: BuildReport) -> str:
    """The seconds that reading took in all its processes, the longest stage first."""
    longest = sorted(report.reading.items(), key=lambda item: -item[1])
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in longest)
    return f"Reading took {sum(report.reading.values()):.1f} s: {stages}"


def listed_documents(settings: Settings) -> tuple[DocumentSummary, ...]:
    """The documents of the build in use. Raises NoIndex where there is none."""
    from qa_service.indexing.builds.kept import kept_builds_of

    return kept_builds_of(settings).documents()


def documents(options: argparse.Namespace, settings: Settings) -> int:
    """Lists the documents and how each was read."""
    from qa_service.contract.documents import document_object
    from qa_service.terminal import documents_text

    listed = listed_documents(settings)
    if options.json:
        print(json_text([document_object(item) for item in listed]))
    else:
        print(documents_text(listed))
    return ANSWERED


def builds(options: argparse.Namespace, settings: Settings) -> int:
    """Lists the builds that are kept; with --use goes back to one first."""
    from qa_service.indexing.builds.kept import kept_builds_of
    from qa_service.terminal import builds_text

    known = kept_builds_of(settings)
    if options.use:
        known.roll_back(options.use)
    kept = known.history()
    print(json_text([asdict(item) for item in kept]) if options.json else builds_text(kept))
    return ANSWERED


def _require_documents(settings: Settings, empty: bool) -> None:
    """Raises BuildFailed where there is nothing to read, unless it may be `empty`, or the index
    would be read too."""
    from qa_service.indexing.building.corpus import corpus_sources
    from qa_service.indexing.building.options import NO_DOCUMENTS

    for name, folder in settings.folders:
        if settings.index_dir.resolve().is_relative_to(folder.resolve()):
            raise BuildFailed(
                f"the index folder {settings.index_dir} lies inside the corpus {folder}; "
                "choose another with --index DIR"
            )
        if name != UPLOADS and settings.uploads_folder.resolve().is_relative_to(folder.resolve()):
            raise BuildFailed(
                f"the folder of uploads {settings.uploads_folder} lies inside the corpus {folder}; "
                "choose another with QA_UPLOADS_DIR"
            )
    if not corpus_sources(settings.folders) and not empty:
        folders = ", ".join(str(folder) for _, folder in settings.folders)
        raise BuildFailed(said(NO_DOCUMENTS, folders=folders))


def check(_options: argparse.Namespace, settings: Settings) -> int:
    """Verifies the index in use; what it says is in the language of the settings."""
    from qa_service.answering.calibration.stored import check_calibration
    from qa_service.indexing.builds.kept import check_builds
    from qa_service.mirroring.unfetched import never_mirrored, unfetched

    problems = check_builds(settings, unfetched(settings))
    problems += never_mirrored(settings)
    problems += check_calibration(settings)
    with speaking(settings.language if settings.language in LANGUAGES else DEFAULT):
        for problem in problems:
            print(plain_name(translated(problem)))
        if not problems:
            sound = N_("%(folder)s: the index in use is sound and up to date")
            if settings.engine != "embedded":
                sound = N_("the index in use in the database is sound and up to date")
            print(_(sound, folder=settings.index_dir))
    return FAILED if problems else ANSWERED
