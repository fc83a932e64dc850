"""Commands that answer: ask, search, serve, mcp."""

from __future__ import annotations

import argparse

from qa_service.commands import ANSWERED, NO_EVIDENCE, json_text
from qa_service.config import Settings
from qa_service.errors import InputError, MissingPackage
from qa_service.input_checks import day_text, question_text
from qa_service.nouns.access import groups_of
from qa_service.nouns.questions import Filters, Question


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Prints the answer to a question."""
    from qa_service.answering.calibration.stored import require_calibration
    from qa_service.answering.service import open_service
    from qa_service.contract.answers import answer_object
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
        require_calibration(settings, service.profile)
        seen = service if options.groups is None else service.seen_by(groups_of(options.groups))
        answer = seen.ask(question)
    finally:
        service.close()
    print(json_text(answer_object(answer)) if options.json else answer_text(answer, settings.site))
    return ANSWERED if answer.answered else NO_EVIDENCE


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


def search(options: argparse.Namespace, settings: Settings) -> int:
    """Prints the best passages for a query."""
    from qa_service.answering.service import open_service
    from qa_service.contract.answers import search_object
    from qa_service.terminal import search_text

    text = question_text(options.query, "query")
    if not 1 <= options.limit <= 100:
        raise InputError("limit", "give a number from 1 to 100")
    service = open_service(settings)
    try:
        result = service.search(text, options.limit, spelling=not options.as_typed)
    finally:
        service.close()
    print(json_text(search_object(result)) if options.json else search_text(result))
    return ANSWERED


def serve(_: argparse.Namespace, settings: Settings) -> int:
    """Starts the chat page and the JSON endpoint."""
    from qa_service.web.server import serve

    serve(settings)
    return ANSWERED


def mcp(options: argparse.Namespace, settings: Settings) -> int:
    """Serves tools for assistants to who started this."""
    try:
        from qa_service.web.mcp.running import serve_stdio
    except ModuleNotFoundError as error:
        if str(error.name).startswith("qa_service"):
            raise
        raise MissingPackage(
            f"serving assistants needs {error.name}; run: pip install 'qa-service[mcp]'"
        ) from error
    serve_stdio(settings, None if options.groups is None else groups_of(options.groups))
    return ANSWERED
