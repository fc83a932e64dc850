"""Flips bits in the files of an open index while it is asked, and counts words no source has.

    .venv/bin/python scripts/flip_bits.py --flips 1000 [--builds 4] [--figures flipped-bits]

The index is copied first, and its build as often as --builds says, so that others are kept to go on
with. Bits are flipped in the build that answers, one at a time, each put right again before the
next; meanwhile several threads ask. With --figures what came of it goes into docs/figures and onto
the pages that show it. Exit status 1 where a quote or a passage was not its document's text.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from qa_service.errors import QAServiceError
from qa_service.indexing.keeping.manifest import current_build, read_manifest, write_manifest
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


def flip_all(
    answering: Callable[[], Path], flips: int, pause: float, seed: int = 1
) -> Counter[str]:
    """Flips one bit after another in files of the build that answers; how many in each file."""
    chosen = random.Random(seed)
    flipped: Counter[str] = Counter()
    for number in range(flips):
        folder = answering()
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
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


def keep_more(index: Path, builds: int) -> None:
    """Copies the build in use until so many are kept, each under a name of its own."""
    folder = current_build(index)
    manifest = read_manifest(folder)
    for number in range(1, builds):
        name = f"{manifest.build[:-6]}{number:06x}"
        shutil.copytree(folder, index / name)
        write_manifest(index / name, replace(manifest, build=name))


class Answering:
    """The build that answers; the last known one while none can."""

    def __init__(self, index: Path, service: Any) -> None:
        self.used: Counter[str] = Counter()
        self._index, self._service, self._last = index, service, current_build(index)

    def __call__(self) -> Path:
        with suppress(QAServiceError):
            self._last = self._index / self._service.index_info().build
        self.used[self._last.name] += 1
        return self._last


def figures(
    given: argparse.Namespace, flipped: Counter[str], watch: Watch, answering: Answering
) -> list[list[object]]:
    """A line for each figure, as pages show them."""
    asked = watch.counts.total()
    answered = watch.counts["answered"] + watch.counts["declined"]
    refused = [f"{name} {n}" for name, n in watch.counts.items() if name[0].isupper()]
    return [
        ["builds kept", given.builds],
        ["bits flipped", flipped.total()],
        ["files they were in", len(flipped)],
        ["builds that answered in turn", len(answering.used)],
        ["questions asked meanwhile", asked],
        ["answered or declined", f"{answered} ({answered / max(1, asked):.1%})"],
        ["told that the build is damaged or missing", ", ".join(refused) or 0],
        ["words of no source, or errors nobody foresaw", len(watch.wrong)],
    ]


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default="index", help="the index that is copied")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds after each")
    parser.add_argument("--builds", type=int, default=4, help="that are kept")
    parser.add_argument("--figures", help="a name of docs/figures to write them to")
    return parser.parse_args()


def main() -> int:
    """Runs it over a copy of an index."""
    from qa_service.answering.service import open_service
    from qa_service.settings_sources import load_settings

    given = arguments()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "index"
        shutil.copytree(given.index, copy)
        keep_more(copy, given.builds)
        settings = replace(load_settings(), index_dir=copy)
        with closing(open_service(settings)) as service:
            texts = {item.id: service.document(item.id)[1].text for item in service.documents()}
            questions = service.suggestions() or ("What was found?",)
            watch = Watch(service, texts, questions)
            answering = Answering(copy, service)
            with watch.asking():
                flipped = flip_all(answering, given.flips, given.pause)
    tell(given, figures(given, flipped, watch, answering))
    for line in watch.wrong[:10]:
        print(" ", line)
    return int(bool(watch.wrong))


def tell(given: argparse.Namespace, rows: list[tuple[str, Any]]) -> None:
    """Prints the figures, and writes them where that is asked."""
    for name, value in rows:
        print(f"{name}: {value}")
    if given.figures:
        from make_figures import write_figures

        options = f"--flips {given.flips} --builds {given.builds} --pause {given.pause:g}"
        write_figures(given.figures, f"scripts/flip_bits.py {options}", rows)


if __name__ == "__main__":
    sys.exit(main())
