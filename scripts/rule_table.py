"""Which rules of English are met by questions that people ask, and which by none.

    scripts/rule_table.py INDEX FILES...

INDEX is an index folder, whose names are used. FILES hold one JSON object a line: a question
in `q` or `text`, or a talk in `turns`, each with `q`. Every question is parsed, talks with
what was said before. Printed for each rule: its name, the questions in which it took
something, and the first of them. A rule that no question meets can go.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Turn
from qa_service.understanding.grammar import RULES, Rule
from qa_service.understanding.parsing import parse

Method = Callable[..., Any]


def questions(path: Path) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Every question of a file, with the messages before it."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        said = tuple(Turn(turn["role"], turn["text"]) for turn in item.get("history", ()))
        for turn in item.get("turns", [item]):
            text = turn.get("q") or turn.get("text") or ""
            yield text[:500], said
            said += (Turn("user", text[:500]),)


def counting(method: Method, met: set[str]) -> Method:
    """A method of a rule that notes the rules that took something."""

    def counted(rule: Rule, *texts: Any, **options: Any) -> Any:
        found = method(rule, *texts, **options)
        if found is not None and any(rule.pattern.search(str(text)) for text in texts):
            met.add(rule.name)
        return found

    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    build = (options.index / "CURRENT").read_text().strip()
    names = NamesOfBuild(OpenedBuild(options.index / build))
    met: set[str] = set()
    for name in ("search", "match", "fullmatch", "finditer", "split", "sub"):
        setattr(Rule, name, counting(getattr(Rule, name), met))
    hits: dict[str, list[str]] = defaultdict(list)
    asked = 0
    for path in options.files:
        for text, history in questions(path):
            met.clear()
            parse(text, history, names)
            asked += 1
            for name in met:
                hits[name].append(text)
    sys.stdout.write(f"{asked} questions\n\n| rule | questions | for example |\n|---|---|---|\n")
    for rule in sorted(RULES, key=lambda rule: -len(hits[rule.name])):
        example = (hits[rule.name] or ["–"])[0]
        sys.stdout.write(f"| {rule.name} | {len(hits[rule.name])} | {example[:90]} |\n")


if __name__ == "__main__":
    main()
