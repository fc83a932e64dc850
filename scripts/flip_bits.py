"""Flips bits in the files of an open index while it is asked, and counts words no source has.

    .venv/bin/python scripts/flip_bits.py --flips 1000

The index is copied first. Each flip is put right again before the next; between them questions are
asked by several threads. Exit status 1 where a quote or a passage was not its document's text.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from qa_service.errors import QAServiceError
from qa_service.nouns.questions import Question

ASKING = 2
"""Threads that ask all the time."""


class Watch:
    """Asks without a pause and counts: answers, refusals, and texts that no document has."""

    def __init__(self, service: Any, texts: Mapping[str, str], questions: Sequence[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._service, self._texts, self._questions = service, texts, questions
        self._lock, self._over = Lock(), Event()

    @contextmanager
    def asking(self) -> Any:
        """Asks within the block."""
        threads = [Thread(target=self._ask_on, args=(number,)) for number in range(ASKING)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _ask_on(self, number: int) -> None:
        chosen = random.Random(number)
        while not self._over.is_set():
            self._ask(chosen.choice(self._questions))

    def _ask(self, question: str) -> None:
        try:
            answer = self._service.ask(Question(question))
        except QAServiceError as error:
            return self._note(type(error).__name__)
        except Exception as error:
            self._note("unforeseen")
            return self.wrong.append(f"{type(error).__name__}: {error}")
        for citation in answer.citations:
            self._compare(citation.document.id, citation.start, citation.end, citation.quote)
        for hit in answer.hits:
            passage = hit.passage
            self._compare(passage.document_id, passage.start, passage.end, passage.text)
        return self._note("answered" if answer.answered else "declined")

    def _compare(self, document: str, start: int, end: int, words: str) -> None:
        if self._texts.get(document, "")[start:end] != words:
            self.wrong.append(f"{document} {start}:{end} {words!r}")

    def _note(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1


def flip_all(folder: Path, flips: int, pause: float, seed: int = 1) -> Counter[str]:
    """Flips one bit after another in files of a build, in place; how many in each file."""
    chosen = random.Random(seed)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    flipped: Counter[str] = Counter()
    for number in range(flips):
        path = files[number % len(files)]
        place, bit = chosen.randrange(path.stat().st_size), 1 << chosen.randrange(8)
        for _ in range(2):  # and back
            with path.open("r+b") as file:
                file.seek(place)
                byte = file.read(1)[0]
                file.seek(place)
                file.write(bytes([byte ^ bit]))
            time.sleep(pause)
        flipped[path.name] += 1
    return flipped


def main() -> int:
    """Runs it over a copy of an index."""
    from qa_service.answering.service import open_service
    from qa_service.indexing.keeping.manifest import current_build
    from qa_service.settings_sources import load_settings

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", default="index", help="the index that is copied")
    options.add_argument("--flips", type=int, default=1000)
    options.add_argument("--pause", type=float, default=0.05, help="seconds after each")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "index"
        shutil.copytree(given.index, copy)
        settings = replace(load_settings(), index_dir=copy)
        with closing(open_service(settings)) as service:
            texts = {item.id: service.document(item.id)[1].text for item in service.documents()}
            questions = service.suggestions() or ("What was found?",)
            watch = Watch(service, texts, questions)
            with watch.asking():
                flipped = flip_all(current_build(copy), given.flips, given.pause)
    print("flipped:", dict(flipped))
    print("asked:", dict(watch.counts))
    print("not the text of any source, or unforeseen:", len(watch.wrong))
    for line in watch.wrong[:10]:
        print(" ", line)
    return int(bool(watch.wrong))


if __name__ == "__main__":
    sys.exit(main())
