#!/usr/bin/env python3
"""Asks many questions and checks that every quote is the document's text at its offsets.

    .venv/bin/python scripts/check_quotes.py QUERIES_JSONL [--index DIR] [--limit N]

Each line of the file is a JSON object with a `text`. Exit status 1 where there is a miss.
"""

import argparse
import json
import sys
from pathlib import Path

from qa_service.answering.service import open_service
from qa_service.contract.answers import answer_object
from qa_service.nouns.questions import Question
from qa_service.settings_sources import load_settings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    service = open_service(load_settings({"index_dir": options.index}))
    texts = {item.id: service.document(item.id)[1].text for item in service.documents()}
    lines = options.queries.read_text(encoding="utf-8").splitlines()[: options.limit]
    answered = quotes = passages = misses = 0
    for line in lines:
        answer = answer_object(service.ask(Question(json.loads(line)["text"])))
        answered += answer["answered"]
        quotes += len(answer["citations"])
        passages += len(answer["passages"])
        misses += sum(is_missed(texts, place, "quote") for place in answer["citations"])
        misses += sum(is_missed(texts, place, "text") for place in answer["passages"])
    service.close()
    print(
        f"{len(lines)} questions, {answered} answered, {quotes} quotes and {passages} passages "
        f"checked, {misses} misses"
    )
    return 1 if misses else 0


def is_missed(texts: dict[str, str], place: dict, member: str) -> bool:
    return texts[place["document_id"]][place["start"] : place["end"]] != place[member]


if __name__ == "__main__":
    sys.exit(main())
