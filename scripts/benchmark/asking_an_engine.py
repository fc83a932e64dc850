"""Asks the engine that the settings name, in a process of its own: a question on each line of
standard input, as JSON, and on each line of standard output what came of it."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from qa_service.answering.service import AnswerService, open_service
from qa_service.config import Settings
from qa_service.indexing.engine.postgres.database import Database, rows_of
from qa_service.nouns.questions import Question
from qa_service.settings_sources import load_settings

TICK = os.sysconf("SC_CLK_TCK")
_SERVERS = """SELECT pid FROM pg_stat_activity
    WHERE application_name = 'qa-service' AND pid <> pg_backend_pid()"""


def main() -> None:
    settings = load_settings({})
    service = open_service(settings)
    for line in sys.stdin:
        print(json.dumps(_asked(service, settings, json.loads(line))), flush=True)


def _asked(service: AnswerService, settings: Settings, question: str) -> dict[str, Any]:
    """Milliseconds, those of this process's processor, and of the server's for it; megabytes."""
    before = _of_servers(settings)
    spent, began = time.process_time(), time.perf_counter()
    answer = service.ask(Question(question))
    passed, spent = time.perf_counter() - began, time.process_time() - spent
    after = _of_servers(settings)
    return {
        "passages": [hit.passage.id for hit in answer.hits],
        "ms": 1000 * passed,
        "processor_ms": 1000 * spent,
        "server_ms": 1000 * (sum(after.values()) - sum(before.get(pid, 0.0) for pid in after)),
        "own_memory_mb": _memory("self"),
        "server_memory_mb": sum(_memory(str(pid)) for pid in after),
    }


def _of_servers(settings: Settings) -> dict[int, float]:
    """Seconds that the processes of the server's connections have taken; none of files."""
    if settings.engine == "embedded":
        return {}
    with Database(settings.postgres).writing() as connection:
        pids = [pid for (pid,) in rows_of(connection, _SERVERS)]
    return {pid: _seconds(pid) for pid in pids}


def _seconds(pid: int) -> float:
    """To the nanosecond, where the system says so."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _memory(process: str) -> float:
    """Megabytes that are its own and no page of a file."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(it for it in lines if it.startswith("RssAnon")).split()[1]) / 1024


if __name__ == "__main__":
    main()
