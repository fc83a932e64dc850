"""The command line: `qa-service build | documents | ask | search | serve | mcp | evaluate |
calibrate | feedback | alerts | token | check | backup | restore | move |
doctor`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, TextIO, cast

from qa_service.commands import ANSWERED, FAILED, auditing
from qa_service.commands.parser import command_parser
from qa_service.config import DEFAULT_MODEL, Settings
from qa_service.errors import QAServiceError
from qa_service.plain_names import PlainStream, plain_name
from qa_service.settings_sources import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status. User errors become one plain line.

    Nothing that it shows is obeyed by a terminal, whatever documents are called or say.
    """
    shown = cast(TextIO, PlainStream(sys.stdout))
    told = cast(TextIO, PlainStream(sys.stderr, bars=True))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what the terminal cannot show is escaped
            stream.reconfigure(errors="backslashreplace")
    options = command_parser().parse_args(arguments)
    with redirect_stdout(shown), redirect_stderr(told):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        settings = load_settings(_flags(options), config_file=options.config)
        _quiet_libraries(settings)
        status = auditing.run(options, settings)
        # Here, while a reader that has gone away is still caught below.
        sys.stdout.flush()
        return status
    except QAServiceError as error:
        print(f"qa-service: {plain_name(str(error))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("qa-service: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


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


if __name__ == "__main__":
    sys.exit(main())
