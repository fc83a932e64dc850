"""Commands that measure: evaluate, calibrate, feedback export."""

from __future__ import annotations

import argparse
import sys

from qa_service.commands import ANSWERED, json_text
from qa_service.config import Settings


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """Measures a question set, or compares two stored runs."""
    if options.compare:
        return _compare(options)
    if options.dataset is None:
        options.usage_error("name a question set, or two stored runs with --compare A.json B.json")
    from qa_service.evaluating.written.written_questions import is_written_file

    if is_written_file(options.dataset):
        return _evaluate_written(options, settings)
    return _evaluate_set(options, settings)


def _evaluate_set(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
    from qa_service.answering.resolving.opening import open_term_classifier
    from qa_service.commands.progress import TerminalProgress
    from qa_service.evaluating import run as runs
    from qa_service.evaluating.reports.report_page import report_page
    from qa_service.evaluating.reports.report_text import report_text
    from qa_service.evaluating.stored_run import require_writable, write_run, write_text
    from qa_service.indexing.encoding.embedders import open_embedder

    require_writable(options.output, options.html)
    run = runs.evaluate(
        options.dataset,
        settings,
        open_embedder(settings),
        TerminalProgress(sys.stderr),
        runs.EvaluationOptions(options.limit, options.history or "without", options.foreign),
        open_passage_reader(settings),
        open_term_classifier(settings),
    )
    if options.output:
        write_run(options.output, run)
    if options.html:
        write_text(options.html, report_page(run))
    print(json_text(dict(run.report)) if options.json else report_text(run.report))
    return ANSWERED


def _evaluate_written(options: argparse.Namespace, settings: Settings) -> int:
    """Measures a file of written questions against the index in use."""
    if options.foreign or options.html or options.history:
        options.usage_error("written questions take --limit, --json and --output alone")
    from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
    from qa_service.answering.resolving.opening import open_term_classifier
    from qa_service.commands.progress import TerminalProgress
    from qa_service.evaluating.stored_run import require_writable, write_text
    from qa_service.evaluating.written.written_report import written_text
    from qa_service.evaluating.written.written_run import evaluate_written
    from qa_service.indexing.encoding.embedders import open_embedder

    require_writable(options.output)
    run = evaluate_written(
        options.dataset,
        settings,
        open_embedder(settings),
        TerminalProgress(sys.stderr),
        open_passage_reader(settings),
        open_term_classifier(settings),
        options.limit,
    )
    if options.output:
        write_text(options.output, json_text(run.as_object()))
    print(json_text(run.report) if options.json else written_text(run.report))
    return ANSWERED


def _compare(options: argparse.Namespace) -> int:
    asking = ("dataset", "limit", "history", "foreign", "output")
    for name in (name for name in asking if getattr(options, name) is not None):
        shown = "a question set" if name == "dataset" else f"--{name}"
        options.usage_error(f"--compare asks no questions; leave out {shown}")
    from qa_service.evaluating.reports.comparison import compare_runs, comparison_object
    from qa_service.evaluating.reports.report_page import comparison_page
    from qa_service.evaluating.reports.report_text import comparison_text
    from qa_service.evaluating.stored_run import read_run, write_text

    first, second = map(read_run, options.compare)
    comparison = compare_runs(first, second)
    if options.html:
        write_text(options.html, comparison_page(comparison, (first, second), options.compare))
    print(json_text(comparison_object(comparison)) if options.json else comparison_text(comparison))
    return ANSWERED


def calibrate(options: argparse.Namespace, settings: Settings) -> int:
    """Fits confidence to the index in use, and stores what was found."""
    from qa_service.answering.calibration.stored import calibration_file, write_calibration
    from qa_service.commands.progress import TerminalProgress
    from qa_service.evaluating.calibration import calibrate as calibrating
    from qa_service.evaluating.calibration.calibration_fit import Target
    from qa_service.evaluating.reports.calibration_text import calibration_text

    target = Target(options.error_rate, options.bound)
    run = calibrating.calibrate(options.questions, settings, TerminalProgress(sys.stderr), target)
    print(json_text(dict(run.report)) if options.json else calibration_text(run.report))
    if not options.dry_run:
        path = write_calibration(
            calibration_file(settings), run.calibration, run.profile, run.report
        )
        print(f"stored in {path}; in use from the next question on", file=sys.stderr)
    return ANSWERED


def export_feedback(options: argparse.Namespace, settings: Settings) -> int:
    """Writes what people said of answers as questions."""
    from qa_service.evaluating.feedback_questions import export_feedback

    paths = (options.questions, options.unsettled)
    questions = export_feedback(settings, *paths, options.since, options.force)
    answered = sum(line.answerable for line in questions.settled)
    refused = len(questions.settled) - answered
    print(f"{options.questions}: {answered} with an answer, {refused} not in the documents")
    for name in questions.gone:
        print(f"no longer in the index: {name}", file=sys.stderr)
    if questions.unsettled:
        where = f"in {options.unsettled}" if options.unsettled else "written with --unsettled FILE"
        print(f"to be completed by a person: {len(questions.unsettled)}, {where}", file=sys.stderr)
    return ANSWERED
