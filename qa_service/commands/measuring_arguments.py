"""What may be typed after the commands that measure."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path


def add_evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    """Which questions are asked, and where figures go."""
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


def add_calibrate_arguments(parser: argparse.ArgumentParser) -> None:
    """On which questions, and which share of errors is accepted."""
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


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files are written, since when."""
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
