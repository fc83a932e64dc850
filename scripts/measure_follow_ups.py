"""How often a follow-up, made to stand alone, names what a person says it means.

    scripts/measure_follow_ups.py INDEX TALKS [--held-out] [--show KIND]

INDEX is an index folder over the documents of the talks. TALKS has one talk a line:
`turns`, each with `q`, `kind`, `quotes` and `standalone`, the question as a person would
complete it (null where it stands alone). Of each turn after the first: whether the same
documents are named by place, the same years, and which share of the other words of the
person's version is there. Talks whose number divides by five are held out: they are left
out without --held-out, and are the only ones with it. The classifier of terms takes part as the
settings have it: QA_READER=false measures the rules alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.resolving.opening import open_term_classifier
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.nouns.questions import Turn
from qa_service.settings_sources import load_settings
from qa_service.stems import terms
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.parsing import parse
from qa_service.understanding.times import years_in

Scores = tuple[float, float, float]


Talk = dict[str, Any]


def reply_of(turn: Talk) -> str:
    quotes = [item["quote"] if isinstance(item, dict) else item for item in turn["quotes"]]
    return " ".join(quotes) or "No passage answers this."


def asked(talks: list[Talk]) -> Iterator[tuple[Talk, tuple[Turn, ...]]]:
    """Every turn after the first of its talk, with what was said before."""
    for talk in talks:
        history: list[Turn] = []
        for turn in talk["turns"]:
            if history and turn["standalone"]:
                yield turn, tuple(history)
            history += [Turn("user", turn["q"]), Turn("assistant", reply_of(turn))]


def places(names: CollectionNames, text: str) -> frozenset[str]:
    return frozenset().union(*(item.document_ids for item in names.places_in(text)))


def subject(names: CollectionNames, text: str) -> set[str]:
    for item in names.places_in(text):
        text = text.replace(item.words, " ")
    return {stem for stem in terms(text) if not re.fullmatch(r"\d{4}", stem)}


def scores(names: CollectionNames, ours: str, theirs: str) -> Scores:
    meant = subject(names, theirs)
    held = len(meant & subject(names, ours)) / len(meant) if meant else 1.0
    same_place = places(names, ours) == places(names, theirs)
    return same_place, {*years_in(ours)} == {*years_in(theirs)}, held


def row(name: str, found: list[Scores]) -> str:
    place, year, held = (fmean(values) for values in zip(*found, strict=True))
    both = fmean(bool(place and year) for place, year, _ in found)
    return f"{name:12} {len(found):4} {place:6.2f} {year:6.2f} {both:6.2f} {held:6.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("talks", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    build = (options.index / "CURRENT").read_text().strip()
    names = NamesOfBuild(open_folder(options.index / build))
    talks = [json.loads(line) for line in options.talks.read_text("utf-8").splitlines()]
    talks = [
        talk for number, talk in enumerate(talks, start=1) if (number % 5 == 0) == options.held_out
    ]
    classifier = open_term_classifier(load_settings({}))
    by_kind: dict[str, list[Scores]] = defaultdict(list)
    for turn, history in asked(talks):
        ours = parse(turn["q"], history, names, classifier).text
        found = scores(names, ours, turn["standalone"])
        by_kind[turn["kind"]].append(found)
        if options.show in ("all", turn["kind"]):
            marks = "".join("." if value else "x" for value in found[:2])
            line = f"{marks} {found[2]:.1f} {turn['kind']}: {turn['q']} => {ours}"
            sys.stdout.write(f"{line} | {turn['standalone']}\n")
    sys.stdout.write("kind          turns  place   year   both  subject\n")
    for kind, several in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        sys.stdout.write(row(kind, several) + "\n")
    sys.stdout.write(row("all", [one for several in by_kind.values() for one in several]) + "\n")


if __name__ == "__main__":
    main()
