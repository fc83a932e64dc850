"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> dict[str, str]:
    """The processor, cores, memory and system, and all of them in words."""
    processor = _field("/proc/cpuinfo", "model name") or platform.machine()
    memory = int((_field("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 2**20
    cores = len(os.sched_getaffinity(0))
    name = f"{processor}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}"
    return {"name": name, "processor": processor, "system": platform.platform()}


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
