"""Which rules of English are met by questions that people ask, and which by none.

    scripts/rule_table.py INDEX FILES...

INDEX is an index folder, whose names are used. FILES hold one JSON object a line: a question
in `q` or `text`, or a talk in `turns`, each with `q`. Every question is parsed, talks with
what was said before. Printed for each rule: its name, the questions in which it took
something, of how many of those (200 at most) another parse is made without it, and the first
of them. A rule whose absence no question notices can go.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Turn
from qa_service.understanding.grammar import RULES, Rule
from qa_service.understanding.parsing import parse

InTalk = tuple[str, tuple[Turn, ...]]
LOOKED_AT = 200
"""Questions of a rule that are parsed again without it."""
NOTHING = re.compile(r"(?!)")
"""A pattern that takes nothing."""


class Counting:
    """In the place of a rule's pattern: notes in `met` that it took something; while its name is
    `off` it takes nothing."""

    def __init__(self, rule: Rule, met: set[str], off: set[str]) -> None:
        self._rule, self._met, self._off = rule, met, off

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def asked(*texts: Any, **options: Any) -> Any:
            pattern = self._rule.pattern
            takes = pattern.fullmatch if self._rule.whole else pattern.search
            if any(takes(str(text)) for text in texts):
                self._met.add(self._rule.name)
            if self._rule.name not in self._off:
                return getattr(pattern, method)(*texts, **options)
            return texts[-1] if method == "sub" else getattr(NOTHING, method)(*texts, **options)

        return asked


def count_rules(met: set[str], off: set[str]) -> None:
    """Put a counting one in the place of each rule's pattern, wherever it is used."""
    counting = {id(it.pattern): Counting(it, met, off) for it in RULES}
    modules = [module for name, module in sys.modules.items() if name.startswith("qa_service.")]
    for module in modules:
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern) and id(value) in counting:
                setattr(module, name, counting[id(value)])


def questions(path: Path) -> Iterator[InTalk]:
    """Every question of a file, with the messages before it."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        said = tuple(Turn(turn["role"], turn["text"]) for turn in item.get("history", ()))
        for turn in item.get("turns", [item]):
            text = turn.get("q") or turn.get("text") or ""
            yield text[:500], said
            said += (Turn("user", text[:500]),)


def table(
    asked: Sequence[InTalk], opened: OpenedBuild, met: set[str], off: set[str]
) -> Iterator[str]:
    """A line for each rule, those of most questions first. Names are asked for anew each time,
    since they remember the places of a text."""
    hits: dict[str, list[InTalk]] = defaultdict(list)
    for text, history in asked:
        met.clear()
        parse(text, history, NamesOfBuild(opened))
        for name in met:
            hits[name].append((text, history))
    for rule in sorted(RULES, key=lambda rule: -len(hits[rule.name])):
        found = hits[rule.name]
        sample = found[:: len(found) // LOOKED_AT + 1]
        with_it = [parse(text, history, NamesOfBuild(opened)) for text, history in sample]
        off.add(rule.name)
        pairs = zip(sample, with_it, strict=True)
        missed = sum(
            parse(text, history, NamesOfBuild(opened)) != parsed
            for (text, history), parsed in pairs
        )
        off.clear()
        example = found[0][0][:90] if found else "–"
        yield f"| {rule.name} | {len(found)} | {missed} of {len(sample)} | {example} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    build = (options.index / "CURRENT").read_text().strip()
    opened = open_folder(options.index / build)
    met: set[str] = set()
    off: set[str] = set()
    count_rules(met, off)
    asked = [item for path in options.files for item in questions(path)]
    sys.stdout.write(f"{len(asked)} questions\n\n| rule | questions | missed | for example |\n")
    sys.stdout.write("|---|---|---|---|\n")
    for line in table(asked, opened, met, off):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
