"""The command line: `qa-service build | ask | search | serve | evaluate | calibrate | feedback |
check`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_service import __version__
from qa_service.config import DEFAULT_MODEL, Settings, load_settings
from qa_service.contract import day_text, question_text
from qa_service.errors import BuildFailed, IndexingError, InputError, QAServiceError
from qa_service.reading import ReadingLimits
from qa_service.schema import DocumentSummary, Filters, Question

if TYPE_CHECKING:
    from qa_service.indexing.embedding import Embedder

ANSWERED, FAILED, USAGE, PARTLY_BUILT, NO_EVIDENCE = 0, 1, 2, 3, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status. User errors become one plain line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what the terminal cannot show is escaped
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(_flags(options), config_file=options.config)
        _quiet_libraries(settings)
        status = int(options.run(options, settings))
        # Here, while a reader that has gone away is still caught below.
        sys.stdout.flush()
        return status
    except QAServiceError as error:
        print(f"qa-service: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("qa-service: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--corpus", type=Path, metavar="DIR", help="documents (default corpus/)")
    shared.add_argument(
        "--collection",
        action="append",
        metavar="NAME=DIR",
        help="a further folder, as a collection of that name; may be given several times",
    )
    shared.add_argument("--index", type=Path, metavar="DIR", help="index builds (default index/)")
    shared.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    parser = argparse.ArgumentParser(
        prog="qa-service", description="Finds and quotes the passages that answer a question."
    )
    parser.add_argument("--version", action="version", version=f"qa-service {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", parents=[shared], help="index the corpus")
    build.add_argument("--full", action="store_true", help="encode every passage again")
    build.add_argument("--if-missing", action="store_true", help="do nothing if there is an index")
    build.add_argument(
        "--watch", action="store_true", help="go on, and build again whenever a file changes"
    )
    build.set_defaults(run=_build)

    documents = commands.add_parser(
        "documents", parents=[shared], help="list the documents and how each was read"
    )
    documents.add_argument("--json", action="store_true", help="print the endpoint's list")
    documents.set_defaults(run=_documents)

    ask = commands.add_parser("ask", parents=[shared], help="answer a question with citations")
    ask.add_argument("question")
    ask.add_argument("--as-typed", action="store_true", help="take no word for a mistyped one")
    ask.add_argument("--json", action="store_true", help="print the endpoint's object")
    ask.add_argument(
        "--compare", action="store_true", help="answer from each dated document, oldest to newest"
    )
    ask.add_argument("--from", dest="date_from", metavar="DAY", help="documents since YYYY-MM-DD")
    ask.add_argument("--to", dest="date_to", metavar="DAY", help="documents until YYYY-MM-DD")
    ask.add_argument(
        "--everywhere", action="store_true", help="let no date or name in the question narrow it"
    )
    ask.set_defaults(run=_ask)

    search = commands.add_parser("search", parents=[shared], help="list the best passages")
    search.add_argument("query")
    search.add_argument("--as-typed", action="store_true", help="take no word for a mistyped one")
    search.add_argument("--json", action="store_true", help="print the endpoint's object")
    search.add_argument("--limit", type=int, default=10, metavar="N", help="1 to 100 (default 10)")
    search.set_defaults(run=_search)

    serve = commands.add_parser("serve", parents=[shared], help="web chat and JSON endpoint")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default 8000)")
    serve.set_defaults(run=_serve)

    evaluate = commands.add_parser("evaluate", parents=[shared], help="measure a question set")
    _add_evaluate_arguments(evaluate)
    evaluate.set_defaults(run=_evaluate, usage_error=evaluate.error)

    calibrate = commands.add_parser(
        "calibrate", parents=[shared], help="make confidence true for the index in use"
    )
    _add_calibrate_arguments(calibrate)
    calibrate.set_defaults(run=_calibrate)

    feedback = commands.add_parser("feedback", help="what people said of answers")
    actions = feedback.add_subparsers(required=True, metavar="ACTION")
    export = actions.add_parser("export", parents=[shared], help="as questions for evaluate")
    _add_export_arguments(export)
    export.set_defaults(run=_export_feedback)

    check = commands.add_parser("check", parents=[shared], help="verify the index in use")
    check.set_defaults(run=_check)
    return parser


def _add_evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "dataset",
        type=Path,
        nargs="?",
        metavar="QUESTIONS",
        help="a BEIR-layout folder, or a .csv or .jsonl file of questions for the index in use",
    )
    add(
        "--limit", type=int, metavar="N", help="ask a random sample of N questions, always the same"
    )
    add(
        "--history",
        choices=("with", "without", "both"),
        help="ask with what was said before, without (default), or follow-ups both ways",
    )
    add(
        "--foreign",
        type=Path,
        metavar="QUESTIONS",
        help="ask another set's questions too, which these documents should not answer",
    )
    add(
        "--compare",
        type=Path,
        nargs=2,
        metavar=("A.json", "B.json"),
        help="compare two stored runs of one set; asks nothing",
    )
    add("--output", type=Path, metavar="FILE.json", help="store the run with every question")
    add("--html", type=Path, metavar="FILE.html", help="write a report to open in a browser")
    add("--json", action="store_true", help="print the figures as JSON")


def _add_calibrate_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "questions",
        type=Path,
        nargs="?",
        metavar="QUESTIONS",
        help="a .csv or .jsonl file of your own questions, or a BEIR-layout folder "
        "(default: questions made of the documents)",
    )
    add(
        "--error-rate",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="share of wrong ones accepted among the answers given (default 0.1)",
    )
    add("--bound", action="store_true", help="keep its upper 95 %% bound within the share too")
    add("--dry-run", action="store_true", help="print what would be stored, store nothing")
    add("--json", action="store_true", help="print the figures as JSON")


def _add_export_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("questions", type=Path, metavar="FILE", help="a .csv or .jsonl file to write")
    add(
        "--unsettled",
        type=Path,
        metavar="FILE",
        help="write questions marked wrong to this file, for a person to say what is right",
    )
    add("--since", type=_day, metavar="DATE", help="only from that day (UTC) on")
    add("--force", action="store_true", help="write over files that are there")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from error


def _flags(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "corpus_dir": options.corpus,
        "index_dir": options.index,
        "collections": ";".join(options.collection) if options.collection else None,
        "host": getattr(options, "host", None),
        "port": getattr(options, "port", None),
    }


def _quiet_libraries(settings: Settings) -> None:
    """Keeps the model libraries from talking to the user, and from a hub for a local model."""
    if settings.model == DEFAULT_MODEL or Path(settings.model).exists():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.indexing.embedding import SentenceTransformerEmbedder
    from qa_service.indexing.manifest import has_build
    from qa_service.indexing.watching import changes

    if options.if_missing and has_build(settings.index_dir):
        return ANSWERED
    _require_documents(settings)
    embedder = SentenceTransformerEmbedder(settings.model)
    status = _build_once(settings, embedder, options.full)
    if options.watch:
        print("Watching for changes; stop with Ctrl-C", file=sys.stderr)
        for _ in changes(settings.folders):
            try:
                _build_once(settings, embedder, full=False)
            except IndexingError as error:
                print(f"qa-service: {error}", file=sys.stderr)
    return status


def _build_once(settings: Settings, embedder: Embedder, full: bool) -> int:
    from qa_service.answering.service import suggested_questions
    from qa_service.indexing.build import build_index
    from qa_service.indexing.corpus import corpus_sources, read_corpus
    from qa_service.indexing.earlier import earlier_readings
    from qa_service.reading.fingerprint import reading_fingerprint
    from qa_service.terminal import TerminalProgress, build_text

    limits = _limits(settings)
    reading = reading_fingerprint(limits)
    with earlier_readings(settings.index_dir, reading) as earlier:
        known = None if full else earlier
        report = build_index(
            read_corpus(settings.folders, limits, settings.reading_processes, known),
            settings.index_dir,
            embedder,
            progress=TerminalProgress(sys.stderr),
            total=len(corpus_sources(settings.folders)),
            full=full,
            keep_builds=settings.keep_builds,
            reading=reading,
            suggest=lambda opened: suggested_questions(opened, settings),
        )
    warnings, summary = build_text(report, _listed(settings))
    for line in warnings:
        print(line, file=sys.stderr)
    print(summary, flush=True)
    return PARTLY_BUILT if report.manifest.skipped else ANSWERED


def _listed(settings: Settings) -> tuple[DocumentSummary, ...]:
    """The documents of the build in use. Raises NoIndex where there is none."""
    from qa_service.indexing.manifest import current_build
    from qa_service.indexing.opened import OpenedBuild

    opened = OpenedBuild(current_build(settings.index_dir))
    try:
        return opened.store.summaries()
    finally:
        opened.close()


def _documents(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.contract import document_object
    from qa_service.terminal import documents_text

    listed = _listed(settings)
    if options.json:
        print(json.dumps([document_object(item) for item in listed], ensure_ascii=False, indent=2))
    else:
        print(documents_text(listed))
    return ANSWERED


def _limits(settings: Settings) -> ReadingLimits:
    return ReadingLimits(
        file_bytes=settings.max_file_megabytes * 2**20,
        seconds=settings.max_file_seconds,
        memory_bytes=settings.max_reading_megabytes * 2**20,
    )


def _require_documents(settings: Settings) -> None:
    """Raises BuildFailed where there is nothing to read, or the index would be read too."""
    from qa_service.indexing.corpus import corpus_sources

    for _, folder in settings.folders:
        if settings.index_dir.resolve().is_relative_to(folder.resolve()):
            raise BuildFailed(
                f"the index folder {settings.index_dir} lies inside the corpus {folder}; "
                "choose another with --index DIR"
            )
    if not corpus_sources(settings.folders):
        folders = ", ".join(str(folder) for _, folder in settings.folders)
        raise BuildFailed(
            f"{folders} holds no documents; put files there (.pdf, .docx, .xlsx, .md and others)"
        )


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.answering.calibration import require_calibration
    from qa_service.answering.service import open_service
    from qa_service.contract import answer_object
    from qa_service.terminal import answer_text

    question = Question(
        question_text(options.question),
        filters=_dates(options),
        spelling=not options.as_typed,
        scope=not options.everywhere,
        compare=options.compare,
    )
    service = open_service(settings)
    try:
        require_calibration(settings, service.scorer)
        answer = service.ask(question)
    finally:
        service.close()
    print(_json(answer_object(answer)) if options.json else answer_text(answer))
    return ANSWERED if answer.answered or answer.catalogue else NO_EVIDENCE


def _dates(options: argparse.Namespace) -> Filters:
    """The filters of --from and --to. Raises InputError."""
    first, last = options.date_from, options.date_to
    filters = Filters(
        date_from=day_text(first, "from") if first else None,
        date_to=day_text(last, "to") if last else None,
    )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise InputError("from", "must not be later than --to")
    return filters


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.answering.service import open_service
    from qa_service.contract import search_object
    from qa_service.terminal import search_text

    text = question_text(options.query, "query")
    if not 1 <= options.limit <= 100:
        raise InputError("limit", "give a number from 1 to 100")
    service = open_service(settings)
    try:
        result = service.search(text, options.limit, spelling=not options.as_typed)
    finally:
        service.close()
    print(_json(search_object(result)) if options.json else search_text(result))
    return ANSWERED


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from qa_service.web.server import serve

    serve(settings)
    return ANSWERED


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    if options.compare:
        return _compare(options)
    if options.dataset is None:
        options.usage_error("name a question set, or two stored runs with --compare A.json B.json")
    from qa_service.answering.service import open_reader
    from qa_service.evaluating.report_page import report_page
    from qa_service.evaluating.report_text import report_text
    from qa_service.evaluating.run import EvaluationOptions, evaluate
    from qa_service.evaluating.stored_run import require_writable, write_run, write_text
    from qa_service.indexing.embedding import SentenceTransformerEmbedder
    from qa_service.terminal import TerminalProgress

    require_writable(options.output, options.html)
    run = evaluate(
        options.dataset,
        settings,
        SentenceTransformerEmbedder(settings.model),
        TerminalProgress(sys.stderr),
        EvaluationOptions(options.limit, options.history or "without", options.foreign),
        open_reader(settings),
    )
    if options.output:
        write_run(options.output, run)
    if options.html:
        write_text(options.html, report_page(run))
    print(_json(dict(run.report)) if options.json else report_text(run.report))
    return ANSWERED


def _compare(options: argparse.Namespace) -> int:
    asking = ("dataset", "limit", "history", "foreign", "output")
    for name in (name for name in asking if getattr(options, name) is not None):
        shown = "a question set" if name == "dataset" else f"--{name}"
        options.usage_error(f"--compare asks no questions; leave out {shown}")
    from qa_service.evaluating.comparison import compare_runs, comparison_object
    from qa_service.evaluating.report_page import comparison_page
    from qa_service.evaluating.report_text import comparison_text
    from qa_service.evaluating.stored_run import read_run, write_text

    first, second = map(read_run, options.compare)
    comparison = compare_runs(first, second)
    if options.html:
        write_text(options.html, comparison_page(comparison, (first, second), options.compare))
    print(_json(comparison_object(comparison)) if options.json else comparison_text(comparison))
    return ANSWERED


def _calibrate(options: argparse.Namespace, settings: Settings) -> int:
    from qa_service.answering.calibration import write_calibration
    from qa_service.evaluating.calibrate import calibrate
    from qa_service.evaluating.calibration_fit import Target
    from qa_service.evaluating.calibration_text import calibration_text
    from qa_service.terminal import TerminalProgress

    target = Target(options.error_rate, options.bound)
    run = calibrate(options.questions, settings, TerminalProgress(sys.stderr), target)
    print(_json(dict(run.report)) if options.json else calibration_text(run.report))
    if not options.dry_run:
        path = write_calibration(settings.index_dir, run.calibration, run.scorer, run.report)
        print(f"stored in {path}; in use from the next question on", file=sys.stderr)
    return ANSWERED


def _export_feedback(options: argparse.Namespace, settings: Settings) -> int:
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


def _check(_: argparse.Namespace, settings: Settings) -> int:
    from qa_service.answering.calibration import check_calibration
    from qa_service.indexing.check import check_index

    problems = check_index(settings.index_dir, settings.folders)
    problems += check_calibration(settings)
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{settings.index_dir}: the index in use is sound and up to date")
    return FAILED if problems else ANSWERED


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
