"""Damages the files of a folder again and again and reads them, each in a child process.

Says how many ended as documents, as a named reason, and as a crash, hang or lack of memory of
the child, which costs that file alone. Files that crashed a child are kept for a look. With
--figures what came of it goes into docs/figures and onto the pages that show it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from make_figures import write_figures

from qa_service.nouns.documents import SkippedFile
from qa_service.reading import ReadingLimits, Source, list_sources
from qa_service.reading.isolation.pool import ReadingPool

DOCUMENT, REASON, ENDED = "document", "named reason", "child ended"
CHILD_ENDED = ("crashed on it", "took longer than", "megabytes of memory", "no document")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="sound files to damage")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="where files that ended a child are kept")
    parser.add_argument("--figures", help="a name of docs/figures to write them to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ReadingPool(ReadingLimits(seconds=20)) as pool:
        files = damaged(options.folder, Path(folder), options.seed, options.seconds)
        ends = report(pool, files, options.keep)
    if options.figures:
        command = f"scripts/fuzz_readers.py … --seconds {options.seconds:g} --seed {options.seed}"
        write_figures(options.figures, command, rows_of(options.folder, ends))


def damaged(originals: Path, folder: Path, seed: int, seconds: float) -> Iterator[Source]:
    """Damaged copies of the files, one after another, until the time is over."""
    chance = random.Random(seed)
    files = [source.path for source in list_sources(originals)]
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        original = chance.choice(files)
        number += 1
        path = folder / f"{number:06}{original.suffix}"
        path.write_bytes(with_damage(original.read_bytes(), chance))
        yield Source(path, folder, path.name, "default")


def with_damage(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or cut off at random places."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(changed) or 1)
        match chance.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + chance.randint(1, 64)]
            case 2:
                changed[place:place] = changed[place : place + chance.randint(1, 64)]
            case _ if chance.random() < 0.05:
                del changed[place:]
    return bytes(changed)


def rows_of(folder: Path, ends: Counter[str]) -> list[list[object]]:
    """What was damaged, and how it ended."""
    originals = [source.path for source in list_sources(folder)]
    kinds = sorted({path.suffix for path in originals})
    return [
        ["sound files", f"{len(originals)} ({', '.join(kinds)})"],
        ["damaged copies", ends.total()],
        *([f"ended as: {end}", ends[end]] for end in (DOCUMENT, REASON, ENDED)),
    ]


def report(pool: ReadingPool, files: Iterator[Source], keep: Path | None) -> Counter[str]:
    """Reads the files and prints what became of them; how many ended how."""
    ends: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for source, items in pool.map(lambda source: (source, pool.read(source)), files):
        ended = [item for item in items if isinstance(item, SkippedFile)]
        crashed = [item for item in ended if any(sign in item.reason for sign in CHILD_ENDED)]
        end = ENDED if crashed else REASON if ended else DOCUMENT
        ends[end] += 1
        for item in crashed:
            reasons[f"{source.path.suffix}: {item.reason}"] += 1
        if crashed and keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / source.name).write_bytes(source.path.read_bytes())
        source.path.unlink()
    for end, count in ends.most_common():
        print(f"{count:7} {end}")
    for reason, count in reasons.most_common():
        print(f"{count:7} {reason}")
    return ends


if __name__ == "__main__":
    main()
