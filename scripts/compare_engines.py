#!/usr/bin/env python3
"""Asks the same questions of one build in both engines, in turn, and tells what differs.

    qa-service move --to ADDRESS --index INDEX
    python scripts/compare_engines.py INDEX ADDRESS QUESTIONS.jsonl [--most N] [--answers]

Each line of the file is an object with the question as "question", "q" or "text". Searches are
compared by their first ten passages; with --answers whole answers are, by their quotes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qa_service.answering.service import AnswerService, open_service
from qa_service.config import Settings
from qa_service.nouns.questions import Question

Ask = Callable[[AnswerService, str], list[str]]
Times = list[tuple[float, float]]
"""Seconds that passed, and those of the processor."""


def main() -> None:
    """Prints an object: how many were alike, and the times of both engines."""
    options = _options()
    here = Settings(index_dir=options.index, corpus_dir=options.index)
    there = replace(here, engine="postgres", postgres=options.address)
    engines = {"embedded": open_service(here), "postgres": open_service(there)}
    ask = _answer if options.answers else _search
    questions = _questions(options.questions)[: options.most]
    for service in engines.values():
        ask(service, questions[0])
    times: dict[str, Times] = {name: [] for name in engines}
    alike = 0
    for question in questions:
        found = [_timed(ask, it, question, times[name]) for name, it in engines.items()]
        alike += found[0] == found[1]
    told = {name: _told(taken) for name, taken in times.items()}
    print(json.dumps({"questions": len(questions), "alike": alike, **told}, indent=1))


def _search(service: AnswerService, question: str) -> list[str]:
    return [hit.passage.id for hit in service.search(question, 10).hits]


def _answer(service: AnswerService, question: str) -> list[str]:
    return [quote.text for quote in service.ask(Question(question)).quotes]


def _timed(ask: Ask, service: AnswerService, question: str, taken: Times) -> list[str]:
    began, spent = time.perf_counter(), time.process_time()
    found = ask(service, question)
    taken.append((time.perf_counter() - began, time.process_time() - spent))
    return found


def _told(taken: Times) -> dict[str, float]:
    """Milliseconds; those of the processor are of this process alone, not of the server."""
    passed = sorted(1000 * seconds for seconds, _ in taken)
    return {
        "median": round(statistics.median(passed), 1),
        "p95": round(passed[int(0.95 * (len(passed) - 1))], 1),
        "processor": round(statistics.median(1000 * spent for _, spent in taken), 1),
    }


def _questions(path: Path) -> list[str]:
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [
        next(line[name] for name in ("question", "q", "text") if name in line) for line in lines
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("address")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--answers", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
