"""What may be typed after `qa-service`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from qa_service import __version__
from qa_service.commands import alerting, asking, doctor, indexing, measuring, moving, tokens
from qa_service.commands.building import queueing
from qa_service.commands.measuring_arguments import (
    add_calibrate_arguments,
    add_evaluate_arguments,
    add_export_arguments,
)
from qa_service.tokens.api_tokens import SCOPES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Shared: TypeAlias = list[argparse.ArgumentParser]
"""Arguments that every command takes."""


def command_parser() -> argparse.ArgumentParser:
    """A parser whose options have `run`, what the command does with them and the settings."""
    parser = argparse.ArgumentParser(
        prog="qa-service", description="Finds and quotes the passages that answer a question."
    )
    parser.add_argument("--version", action="version", version=f"qa-service {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = [_shared_arguments()]
    for add in _COMMANDS:
        add(commands, shared)
    return parser


def _shared_arguments() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--corpus", type=Path, metavar="DIR", help="documents (default corpus/)")
    shared.add_argument(
        "--collection",
        action="append",
        metavar="NAME=DIR",
        help="a further folder or address, as a collection of that name; any number of times",
    )
    shared.add_argument("--index", type=Path, metavar="DIR", help="index builds (default index/)")
    shared.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    return shared


def _add_build(commands: Commands, shared: Shared) -> None:
    build = commands.add_parser("build", parents=shared, help="index the corpus")
    build.add_argument("--full", action="store_true", help="encode every passage again")
    build.add_argument(
        "--forget", action="store_true", help="keep no earlier build: what was taken out is gone"
    )
    build.add_argument(
        "--empty", action="store_true", help="if no document is left, have the index hold none"
    )
    build.add_argument("--if-missing", action="store_true", help="do nothing if there is an index")
    build.add_argument(
        "--watch", action="store_true", help="go on, and build again whenever a file changes"
    )
    build.add_argument(
        "--json", action="store_true", help="print progress and outcome, a JSON object a line"
    )
    build.add_argument(
        "--attended", action="store_true", help="stop when standard input ends, with who gives it"
    )
    build.add_argument(
        "--queue", action="store_true", help="have machines that run `work` read and encode"
    )
    build.set_defaults(run=indexing.build)


def _add_work(commands: Commands, shared: Shared) -> None:
    work = commands.add_parser(
        "work", parents=shared, help="read and encode for builds of other machines"
    )
    work.set_defaults(run=queueing.work)


def _add_builds(commands: Commands, shared: Shared) -> None:
    builds = commands.add_parser("builds", parents=shared, help="list the builds that are kept")
    builds.add_argument(
        "--use", metavar="BUILD", help="go back to this build, once it has been verified"
    )
    builds.add_argument("--json", action="store_true", help="print them as JSON")
    builds.set_defaults(run=indexing.builds)


def _add_documents(commands: Commands, shared: Shared) -> None:
    documents = commands.add_parser(
        "documents", parents=shared, help="list the documents and how each was read"
    )
    documents.add_argument("--json", action="store_true", help="print the endpoint's list")
    documents.set_defaults(run=indexing.documents)


def _add_ask(commands: Commands, shared: Shared) -> None:
    ask = commands.add_parser("ask", parents=shared, help="answer a question with citations")
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
    ask.add_argument(
        "--groups", metavar="GROUPS", help='answer as to somebody in these, parted by ";"'
    )
    ask.set_defaults(run=asking.ask)


def _add_search(commands: Commands, shared: Shared) -> None:
    search = commands.add_parser("search", parents=shared, help="list the best passages")
    search.add_argument("query")
    search.add_argument("--as-typed", action="store_true", help="take no word for a mistyped one")
    search.add_argument("--json", action="store_true", help="print the endpoint's object")
    search.add_argument("--limit", type=int, default=10, metavar="N", help="1 to 100 (default 10)")
    search.set_defaults(run=asking.search)


def _add_serve(commands: Commands, shared: Shared) -> None:
    serve = commands.add_parser("serve", parents=shared, help="web chat and JSON endpoint")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default 8000)")
    serve.set_defaults(run=asking.serve)


def _add_mcp(commands: Commands, shared: Shared) -> None:
    mcp = commands.add_parser(
        "mcp", parents=shared, help="tools for assistants (Model Context Protocol)"
    )
    mcp.add_argument(
        "--groups", metavar="GROUPS", help='only what somebody in these may read, parted by ";"'
    )
    mcp.set_defaults(run=asking.mcp)


def _add_evaluate(commands: Commands, shared: Shared) -> None:
    evaluate = commands.add_parser("evaluate", parents=shared, help="measure a question set")
    add_evaluate_arguments(evaluate)
    evaluate.set_defaults(run=measuring.evaluate, usage_error=evaluate.error)


def _add_calibrate(commands: Commands, shared: Shared) -> None:
    calibrate = commands.add_parser(
        "calibrate", parents=shared, help="make confidence true for the index in use"
    )
    add_calibrate_arguments(calibrate)
    calibrate.set_defaults(run=measuring.calibrate)


def _add_feedback(commands: Commands, shared: Shared) -> None:
    feedback = commands.add_parser("feedback", help="what people said of answers")
    actions = feedback.add_subparsers(required=True, metavar="ACTION")
    export = actions.add_parser("export", parents=shared, help="as questions for evaluate")
    add_export_arguments(export)
    export.set_defaults(run=measuring.export_feedback)


def _add_token(commands: Commands, shared: Shared) -> None:
    token = commands.add_parser("token", help="tokens by which programs may read")
    actions = token.add_subparsers(required=True, metavar="ACTION")
    make = actions.add_parser("make", parents=shared, help="print a new one, this once")
    make.add_argument("name", help="what it is for")
    make.add_argument("--groups", default="", help='whose documents it may read, parted by ";"')
    make.add_argument(
        "--scope",
        action="append",
        choices=SCOPES,
        help="opens this too (default ask, documents)",
    )
    make.add_argument("--days", type=int, default=365, help="until it expires (default 365)")
    make.set_defaults(run=tokens.make)
    listing = actions.add_parser("list", parents=shared, help="what there is, without secrets")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=tokens.list_all)
    withdraw = actions.add_parser("withdraw", parents=shared, help="let one open nothing more")
    withdraw.add_argument("name")
    withdraw.set_defaults(run=tokens.withdraw)


def _add_alerts(commands: Commands, shared: Shared) -> None:
    alerts = commands.add_parser(
        "alerts", parents=shared, help="what new documents say on the questions you follow"
    )
    actions = alerts.add_mutually_exclusive_group()
    actions.add_argument("--follow", metavar="QUESTION", help="follow a question from now on")
    actions.add_argument("--unfollow", metavar="QUESTION", help="follow it no longer")
    actions.add_argument("--list", action="store_true", help="print the questions followed")
    alerts.add_argument("--json", action="store_true", help="print JSON")
    alerts.set_defaults(run=alerting.alerts)


def _add_check(commands: Commands, shared: Shared) -> None:
    check = commands.add_parser("check", parents=shared, help="verify the index in use")
    check.set_defaults(run=indexing.check)


def _add_backup(commands: Commands, shared: Shared) -> None:
    backup = commands.add_parser(
        "backup", parents=shared, help="write the build in use and feedback to a file"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a .tar file to write")
    backup.set_defaults(run=moving.backup)


def _add_restore(commands: Commands, shared: Shared) -> None:
    restore = commands.add_parser("restore", parents=shared, help="read what backup wrote")
    restore.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    restore.add_argument(
        "--replace", action="store_true", help="where there is an index already, in its place"
    )
    restore.set_defaults(run=moving.restore)


def _add_move(commands: Commands, shared: Shared) -> None:
    move = commands.add_parser(
        "move", parents=shared, help="copy the build in use into a database, or back"
    )
    way = move.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", metavar="ADDRESS", help="a database: postgresql://USER@HOST/NAME")
    way.add_argument("--from", dest="back", metavar="ADDRESS", help="bring that in use there")
    move.set_defaults(run=moving.move)


def _add_doctor(commands: Commands, shared: Shared) -> None:
    parser = commands.add_parser(
        "doctor", parents=shared, help="what this machine lacks, and how to mend it"
    )
    parser.add_argument("--host", help="address that serve would listen on")
    parser.add_argument("--port", type=int, help="port that serve would listen on")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=doctor.doctor)


_COMMANDS = (
    _add_build,
    _add_work,
    _add_builds,
    _add_documents,
    _add_ask,
    _add_search,
    _add_serve,
    _add_mcp,
    _add_evaluate,
    _add_calibrate,
    _add_feedback,
    _add_alerts,
    _add_token,
    _add_check,
    _add_backup,
    _add_restore,
    _add_move,
    _add_doctor,
)
