#!/usr/bin/env python3
"""Questions on documents that are not ours to give away: kept with pointers in place of quotes.

    .venv/bin/python scripts/train/pointers.py make WRITTEN.jsonl POINTERS.jsonl INDEX_DIR ...
    .venv/bin/python scripts/train/pointers.py read POINTERS.jsonl WRITTEN.jsonl INDEX_DIR ...

A written question has `q`, `kind`, `answerable`, `file` (a name), `page`, `quotes` (texts, or
objects with `file`, `page` and `quote`), `exact` and, where nothing answers, `near` and
`why_not`; a talk has such questions as its `turns`. A pointer names a stretch by the sha256 of
the file's bytes, its page, and where it starts and ends, counted in letters and digits of the
page's text (of the whole text where there are no pages). `check` begins the sha256 of these
letters: where reading has changed since, the stretch is looked for, in the page and then in the
document. INDEX_DIRs hold builds of the documents, made by `qa-service build`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from squeezing import Squeezed, squeeze

from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.documents import Document

CHECK = 12
"""Hex digits."""
WORDS = ("exact", "near")

Record = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A document and its pages, squeezed; the last one, None, is the whole text."""

    document: Document

    @cached_property
    def pages(self) -> dict[int | None, Squeezed]:
        text = self.document.text
        found: dict[int | None, Squeezed] = {
            page.number: Squeezed(text, page.start, page.end) for page in self.document.pages
        }
        return found | {None: Squeezed(text)}

    def pointer(self, text: str, page: int | None) -> Record | None:
        """Where a text stands, first on that page; None where it does not stand at all."""
        for number in dict.fromkeys((page, *self.pages)):
            if found := self._place(text, number):
                start, end = found
                letters = self.pages[number].letters[start:end]
                place = {"page": number, "start": start, "end": end, "check": check(letters)}
                return {"file": self.document.version} | place
        return None

    def _place(self, text: str, page: int | None) -> tuple[int, int] | None:
        """Numbers of the letters of a text, or of a table's row, on a page."""
        wanted, squeezed = squeeze(text), self.pages.get(page)
        if squeezed is None or not wanted:
            return None
        where = squeezed.letters.find(wanted)
        if where < 0:
            return squeezed.row_of(text, self.document.text)
        return where, where + len(wanted)

    def text(self, pointer: Record) -> tuple[str, int | None] | None:
        """What a pointer points to, and on which page it stands now; None where it is gone."""
        length = pointer["end"] - pointer["start"]
        for number in dict.fromkeys((pointer["page"], *self.pages)):
            if number not in self.pages:
                continue
            letters = self.pages[number].letters
            starts = [pointer["start"], *range(len(letters) - length + 1)]
            for start in starts:
                if check(letters[start : start + length]) == pointer["check"]:
                    first, last = self.pages[number].span(start, start + length)
                    return " ".join(self.document.text[first:last].split()), number
        return None


class Sources:
    """The documents of some builds, by the hash of their bytes and by the names of their files."""

    def __init__(self, builds: Iterable[OpenedBuild]) -> None:
        self.by_version: dict[str, Source] = {}
        self.names: dict[str, str] = {}
        for build in builds:
            for summary in build.catalogue:
                source = Source(build.store.document(summary.id))
                self.by_version[summary.version] = source
                for place in {summary.source, *summary.sources, summary.id}:
                    self.names[place.rsplit("/", 1)[-1]] = summary.version

    def named(self, name: str) -> Source | None:
        """By the name of a file, or of a page of the question sets ("doc2dial:ID")."""
        return self.by_version.get(self.names.get(name.rsplit(":", 1)[-1], ""))

    def name_of(self, version: str) -> str | None:
        names = [name for name, known in self.names.items() if known == version]
        return max(names, key=lambda name: ("." in name, len(name)), default=None)


def main(arguments: list[str]) -> None:
    what, source, output, *folders = arguments
    builds = [open_folder(current_build(Path(folder))) for folder in folders]
    turned: Callable[[Record, Sources], Record | None] = {"make": made, "read": read_back}[what]
    sources, kept, lost = Sources(builds), 0, 0
    with open(source, encoding="utf-8") as lines, open(output, "w", encoding="utf-8") as out:
        for line in filter(str.strip, lines):
            if record := whole(json.loads(line), sources, turned):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            kept, lost = kept + bool(record), lost + (not record)
    for build in builds:
        build.close()
    print(f"{output}: {kept} written, {lost} left out, as what they point to was not found")


def whole(record: Record, sources: Sources, turned: Any) -> Record | None:
    """A question, or a talk with all its turns; None where a part is lost."""
    if "turns" not in record:
        return turned(record, sources)
    turns = [turned(turn, sources) for turn in record["turns"]]
    return record | {"turns": turns} if all(turns) else None


def made(record: Record, sources: Sources) -> Record | None:
    """A written question with pointers; None where a quote is not found."""
    own = sources.named(record["file"])
    if own is None:
        return None
    quotes = [placed(quote, record, sources) for quote in record["quotes"]]
    if not all(quotes):
        return None
    pointed: Record = {"file": own.document.version, "page": record.get("page"), "quotes": quotes}
    for name in WORDS:
        if record.get(name):
            pointed[name] = placed(record[name], record, sources)
    return {name: value for name, value in record.items() if name not in WORDS} | pointed


def placed(quote: str | Record, record: Record, sources: Sources) -> Record | None:
    stretch = quote if isinstance(quote, dict) else {"quote": quote}
    source = sources.named(stretch.get("file") or record["file"])
    return source and source.pointer(stretch["quote"], stretch.get("page", record.get("page")))


def read_back(record: Record, sources: Sources) -> Record | None:
    """A question with pointers as it was written; None where a document or a quote is gone."""
    name = sources.name_of(record["file"])
    quotes = [stretch(pointer, sources) for pointer in record["quotes"]]
    if name is None or not all(quotes):
        return None
    words = {
        word: found["quote"]
        for word in WORDS
        if record.get(word) and (found := stretch(record[word], sources))
    }
    return record | {"file": name, "quotes": quotes} | dict.fromkeys(WORDS) | words


def stretch(pointer: Record, sources: Sources) -> Record | None:
    source = sources.by_version.get(pointer["file"])
    found = source and source.text(pointer)
    if not found:
        return None
    return {"file": sources.name_of(pointer["file"]), "page": found[1], "quote": found[0]}


def check(letters: str) -> str:
    return sha256(letters.encode()).hexdigest()[:CHECK]


if __name__ == "__main__":
    main(sys.argv[1:])
