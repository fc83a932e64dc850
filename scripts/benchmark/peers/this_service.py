"""This service without its reader: whole answers (`ask`) or ranked passages alone (`search`)."""

import sys
from dataclasses import replace
from pathlib import Path

from measured import LIMIT, Search, Task, run

from qa_service.answering.service import open_service
from qa_service.config import Settings
from qa_service.nouns.questions import Question


def make(_: Task) -> Search:
    """The index beside the task; questions are encoded by the service."""
    settings = replace(Settings(), index_dir=Path(sys.argv[1]) / "index", reader=False)
    service = open_service(settings)
    if sys.argv[2] == "search":
        return lambda question: [hit.passage.row for hit in service.search(question, LIMIT).hits]
    return lambda question: [
        hit.passage.row for hit in service.ask(Question(question, limit=LIMIT)).hits
    ]


if __name__ == "__main__":
    run(make)
