"""The processes of a server, and what memory each kind of them takes."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

SAMPLE_SECONDS = 15.0


def below(process: int) -> list[int]:
    """Ids of a process, of those that it has started, and of those of these."""
    return [process, *(pid for child in children(process) for pid in below(child))]


def children(process: int) -> list[int]:
    """Ids of the processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == process:
            found.append(int(status.parent.name))
    return found


def command_line(process: int) -> str:
    """How a process was started; empty where it has ended."""
    try:
        data = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return ""
    return data.replace(b"\0", b" ").decode("utf-8", "replace")


def by_kind(server: int) -> dict[int, str]:
    """Every process of a server: "serving", "answering", or "building" with all that reads."""
    kinds = {server: "serving"}
    for serving in children(server):
        kinds[serving] = "serving"
        for process in children(serving):
            line = command_line(process)
            kind = "answering" if "spawn_main" in line else "serving"
            kind = "building" if "qa_service build" in line else kind
            kinds |= dict.fromkeys(below(process), kind)
    return kinds


def of_kind(server: int, kind: str) -> list[int]:
    """Ids of the processes of one kind; of a build, the one that was started first alone."""
    found = [process for process, known in by_kind(server).items() if known == kind]
    return found[:1] if kind == "building" else found


def megabytes(process: int) -> float:
    """Memory of a process; what several share is counted in parts, 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def memory(server: int) -> Counter[str]:
    """Megabytes that each kind of process takes together."""
    taken: Counter[str] = Counter()
    for process, kind in by_kind(server).items():
        taken[kind] += round(megabytes(process))
    return taken


@dataclass(slots=True)
class Trail:
    """Memory again and again, until it is over."""

    server: int
    over: Event
    samples: list[Counter[str]] = field(default_factory=list)

    def run(self) -> None:
        while not self.over.wait(SAMPLE_SECONDS):
            self.samples.append(memory(self.server))

    def most(self, kind: str) -> int:
        """The most that a kind took at any look."""
        return max((sample[kind] for sample in self.samples), default=0)


def settled(server: int, answering: int, seconds: float = 120.0) -> Counter[str]:
    """Memory once so many processes answer and none builds, or after so many seconds."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        kinds = Counter(by_kind(server).values())
        if kinds["answering"] == answering and not kinds["building"]:
            break
        time.sleep(1)
    time.sleep(5)  # a process that was started just now still opens the index
    return memory(server)
