#!/usr/bin/env python3
"""Makes of squad_v2 the set of those questions that the reader was not trained on.

    .venv/bin/python scripts/train/held_out_set.py SQUAD_V2_DIR OUTPUT_DIR

All documents stay, so that finding is as hard as before; only questions on the held-out
articles do. OUTPUT_DIR becomes a question set in BEIR layout.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from held_out_documents import held_out_titles


def main(arguments: list[str]) -> None:
    source, output = map(Path, arguments)
    corpus = list(records(source / "corpus.jsonl"))
    titles = held_out_titles(record["title"] for record in corpus)
    kept = {record["_id"] for record in corpus if record["title"] in titles}
    output.mkdir(parents=True)
    shutil.copytree(source / "qrels", output / "qrels")
    shutil.copy(source / "corpus.jsonl", output)
    for name in ("queries.jsonl", "queries_unanswerable.jsonl"):
        chosen = [record for record in records(source / name) if document_of(record) in kept]
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in chosen)
        (output / name).write_text(lines, encoding="utf-8")
        print(f"{name}: {len(chosen)} questions")


def records(path: Path):
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def document_of(question):
    """The paragraph that a question was written for."""
    spans = question["answer_spans"]
    return spans[0]["doc_id"] if spans else question["context_doc_id"]


if __name__ == "__main__":
    main(sys.argv[1:])
