#!/usr/bin/env python3
"""Makes training examples for the reader from question sets.

    .venv/bin/python scripts/train/reader_examples.py OUTPUT.jsonl INDEX_DIR DATASET_DIR ...

An example is a question and a place of one or two sentences, as the service would quote it.
`answers` says whether the place answers; `start` and `end` are the answer within its text
where the set has spans. Places that do not answer are the best that the service finds for
the question elsewhere in the right document, and in other documents. Builds of the sets
are kept below INDEX_DIR/evaluations, as `qa-service evaluate` does.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from qa_service.answering.evidence.candidates import find_evidence
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import make_query
from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Filters

HITS = 10
NEIGHBOUR_SHARE = 0.6
"""How many of the positive places have a sentence beside the one that answers."""
LONGEST_SPAN = 60
"""Characters; a longer one is an explanation, which no two words begin and end."""


def main(arguments: list[str]) -> None:
    output, settings = Path(arguments[0]), Settings(index_dir=Path(arguments[1]))
    embedder = open_embedder(settings)
    with output.open("w", encoding="utf-8") as lines:
        for folder in map(Path, arguments[2:]):
            dataset = load_dataset(folder, settings)
            index_dir = settings.index_dir / "evaluations" / dataset.name
            build_index(dataset.documents, index_dir, embedder, keep_builds=1)
            opened = OpenedBuild(current_build(index_dir))
            generator = random.Random(dataset.name)
            for question in dataset.questions:
                for example in examples(opened, dataset, question, embedder, settings, generator):
                    lines.write(json.dumps(example, ensure_ascii=False) + "\n")
            opened.close()
            print(dataset.name, "done", flush=True)


def examples(opened, dataset, question, embedder, settings, generator):
    """All examples of one question: places that answer first, then those that do not."""
    query = make_query(question.text, embedder)
    filters = Filters(document_ids=question.document_ids)
    evidence = find_evidence(opened, query, rank(opened, query, HITS, filters, settings))
    texts = {document.id: document for document in dataset.documents}
    shared = {"set": dataset.name, "id": question.id, "question": question.text}
    gold = list(positives(opened, question, evidence, generator))
    for document, start, end, span in gold:
        yield shared | place(texts[document], start, end, span) | {"answers": True}
    taken = [(document, start, end) for document, start, end, _ in gold]
    taken += [(span.document_id, span.start, span.end) for span in question.spans]
    wrong = list(negatives(question, evidence, taken))
    wrong += [another for gold_place in gold for another in beside(opened, *gold_place[:3], taken)]
    for document, start, end in wrong:
        yield shared | place(texts[document], start, end, None) | {"answers": False}


def place(document, start, end, span):
    found = {"document": document.id, "title": document.title, "text": document.text[start:end]}
    if span and span[1] - span[0] <= LONGEST_SPAN and end >= span[1]:
        found |= {"start": span[0] - start, "end": span[1] - start}
    return found


def positives(opened, question, evidence, generator):
    """(document id, start, end, answer span or None) of places that answer."""
    for span in question.spans[:1]:
        rows = opened.store.rows_within(Filters(document_ids=(span.document_id,)))
        for passage in opened.store.passages(rows):
            if passage.start <= span.start < passage.end:
                bounds = around(passage.sentences, span.start, span.end, generator)
                if bounds:
                    yield span.document_id, *bounds, (span.start, span.end)
                return
    if not question.spans:
        right = [item for item in evidence if question.grades.get(item.hit.document.id, 0) > 0]
        for item in right[:1]:
            yield item.hit.document.id, item.start, item.end, None


def around(sentences, start, end, generator):
    """The sentence in which a span begins, often with a neighbour; None where there is none."""
    for at, (first, last) in enumerate(sentences):
        if first <= start < last:
            if generator.random() < NEIGHBOUR_SHARE or end > last:
                other = at + generator.choice((-1, 1)) if end <= last else at + 1
                if 0 <= other < len(sentences):
                    low, high = sorted((at, other))
                    return sentences[low][0], sentences[high][1]
            return first, last
    return None


def negatives(question, evidence, taken):
    """Up to two places near the answer, or of no answerable question, that do not answer."""
    wrong = [
        (item.hit.document.id, item.start, item.end)
        for item in evidence
        if not overlaps(item.hit.document.id, item.start, item.end, taken)
        and (question.spans or not question.grades.get(item.hit.document.id, 0))
    ]
    same = [found for found in wrong if question.grades.get(found[0], 0)]
    other = [found for found in wrong if found not in same]
    return [*same[:1], *other[: 2 - len(same[:1])]]


def beside(opened, document, start, _, taken):
    """One other sentence of the passage that answers, the longest: it speaks of the same."""
    rows = opened.store.rows_within(Filters(document_ids=(document,)))
    for passage in opened.store.passages(rows):
        if passage.start <= start < passage.end:
            free = [each for each in passage.sentences if not overlaps(document, *each, taken)]
            return [(document, *max(free, key=lambda each: each[1] - each[0]))] if free else []
    return []


def overlaps(document, start, end, taken):
    return any(document == name and start < e and s < end for name, s, e in taken)


if __name__ == "__main__":
    main(sys.argv[1:])
