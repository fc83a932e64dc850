#!/usr/bin/env python3
"""Finds for each question the passages that the service would find, and marks those that answer.

    .venv/bin/python scripts/train/mine_passages.py OUTPUT.jsonl INDEX_DIR QUESTIONS.jsonl ...
    .venv/bin/python scripts/train/mine_passages.py OUTPUT.jsonl INDEX_DIR --set DIR [--most N]

QUESTIONS are written questions (pointers.py says how they look) over the documents of the build
in INDEX_DIR; those on other documents are left out. DIR is a set, a folder in BEIR layout, and its
build is made below INDEX_DIR/evaluations. Each line written is a question with its `candidates`,
those that the service would read, in its order, then some from the whole; and `more`: passages
that answer and were not found, and the one that misleads.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from held_out_documents import held_out
from miner import HITS, Miner, Record, Truth
from squeezing import squeeze

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.nouns.questions import Filters, Turn

LEAST_TO_RECOGNISE = 60
"""Letters of a quote that, standing elsewhere too, is an answer there as well."""
LONGEST_EXACT = 120
KEPT = ("id", "set", "kind", "file", "answerable", "why_not")
WRITTEN_ABOUT = {"doc2dial"}
"""Sets whose documents written questions ask about too, under these names and ".md"."""
SEED = 5
NOTHING_FOUND = "Nothing was found."


def main() -> None:
    arguments = parsed()
    settings = Settings(index_dir=arguments.index, reader_places=HITS)
    embedder = open_embedder(settings)
    if arguments.set:
        dataset = load_dataset(arguments.set, settings)
        index = arguments.index / "evaluations" / dataset.name
        build_index(dataset.documents, index, embedder, BuildOptions(keep_builds=1))
        miner = Miner(index, embedder, settings)
        mined = of_set(miner, dataset, arguments.set, arguments.most)
    else:
        miner = Miner(arguments.index, embedder, settings)
        mined = of_questions(miner, arguments.questions)
    with arguments.output.open("w", encoding="utf-8") as lines:
        for record in mined:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Finds passages to learn reading from.")
    parser.add_argument("output", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--set", type=Path)
    parser.add_argument("--most", type=int, default=10**6, help="questions of a set")
    return parser.parse_args()


def of_questions(miner: Miner, files: Sequence[Path]) -> Iterator[Record]:
    """Written questions on documents of the build; those of a talk after what was said before,
    and once more as they stand alone."""
    for file in files:
        for number, line in enumerate(file.open(encoding="utf-8")):
            written = json.loads(line)
            said: tuple[Turn, ...] = ()
            for turn, asked in enumerate(written.get("turns", [written])):
                own = {"id": f"{file.stem}:{number}:{turn}", "set": file.stem}
                record = {"file": written.get("file")} | asked | own
                for question, history in ((asked["q"], said), (asked.get("standalone"), ())):
                    if question and (mined := of_question(miner, record, question, history)):
                        yield mined
                said += (Turn("user", asked["q"]), Turn("assistant", reply_of(record)))


def reply_of(record: Record) -> str:
    """What the service says to a question that it answers rightly."""
    return " ".join(text for _, _, text in quotes_of(record)) or NOTHING_FOUND


def quotes_of(record: Record) -> list[tuple[str, int | None, str]]:
    return [placed(quote, record) for quote in record["quotes"]]


def of_question(
    miner: Miner, record: Record, question: str, history: tuple[Turn, ...]
) -> Record | None:
    """One written question; None where its documents, or its quotes, are not there."""
    quotes = quotes_of(record)
    names = {record["file"], *(name for name, _, _ in quotes)}
    if not all(miner.holds(name) for name in names):
        return None
    truth = truth_of(miner, record, quotes)
    if record["answerable"] and not truth.quotes:
        return None
    held = {held_out(name) for name in names}
    kept = {name: record.get(name) for name in KEPT}
    kept |= {"q": question, "files": sorted(names)}
    kept |= {"held": any(held), "mixed": len(held) > 1}
    return miner.mine(kept, truth, history=history)


def placed(quote: str | Record, record: Record) -> tuple[str, int | None, str]:
    """File, page and text of a quote."""
    if isinstance(quote, dict):
        return quote["file"], quote.get("page"), quote["quote"]
    return record["file"], record.get("page"), quote


def truth_of(miner: Miner, record: Record, quotes: Sequence[tuple[str, int | None, str]]) -> Truth:
    found = [stretch for quote in quotes for stretch in miner.stretches(*quote)]
    near = record.get("near")
    exact = record.get("exact")
    words = exact["quote"] if isinstance(exact, dict) else exact
    return Truth(
        quotes=found,
        exact=[
            (name, *span)
            for name, start, end in found
            for span in (miner.squeezed(name).spans_of(words) if isinstance(words, str) else ())
            if start <= span[0] and span[1] <= end
        ],
        near=miner.stretches(*placed(near, record)) if near else [],
        letters=[squeeze(text) for _, _, text in quotes if len(squeeze(text)) > LEAST_TO_RECOGNISE],
    )


def of_set(miner: Miner, dataset: Any, folder: Path, most: int) -> Iterator[Record]:
    """Up to so many questions of a set, drawn at random but the same at every call."""
    documents = {document.id: document for document in dataset.documents}
    contexts = {each["_id"]: each.get("context_doc_id") for each in unanswerable(folder)}
    questions = list(dataset.questions)
    random.Random(SEED).shuffle(questions)
    for question in questions[:most]:
        quotes = [(span.document_id, span.start, span.end) for span in question.spans]
        if question.grades and not quotes and question.id not in contexts:
            right = [name for name, grade in question.grades.items() if grade > 0]
            quotes = [(name, 0, len(documents[name].text)) for name in right if name in documents]
        context = contexts.get(question.id)
        near = [(context, 0, len(documents[context].text))] if context in documents else []
        about = quotes[0][0] if quotes else context
        record = {
            "id": question.id,
            "set": dataset.name,
            "kind": dataset.name,
            "q": question.text,
            "file": documents[about].title if about in documents else "",
            "answerable": bool(quotes),
            "why_not": None if quotes else "set",
        }
        if dataset.name in WRITTEN_ABOUT:
            record["held"] = held_out(f"{about}.md")
        exact = [span for span in quotes if span[2] - span[1] <= LONGEST_EXACT]
        truth = Truth(quotes, exact, near, [])
        within = Filters(document_ids=question.document_ids)
        yield miner.mine(record, truth, within, question.history)


def unanswerable(folder: Path) -> Iterator[Record]:
    path = folder / "queries_unanswerable.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
