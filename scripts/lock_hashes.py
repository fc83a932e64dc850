#!/usr/bin/env python3
"""Writes the files of locked/: what is installed, each version with the hashes of all its files.

    pip install uv && python scripts/lock_hashes.py

Versions are those of constraints.txt; the hashes are asked of PyPI. `evaluate.txt` is what serving
and measuring need, `mcp.txt`, `oidc.txt`, `tracing.txt` and `postgres.txt` what each of these
extras needs besides those before it, `test.txt` and `lint.txt` what testing and checking need
besides all. `cuda.txt` are the libraries that the torch of PyPI asks for on Linux, and that of
`torch-cpu.txt` does not.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / "locked"
EXTRAS = ("evaluate", "mcp", "oidc", "tracing", "postgres", "test", "lint")
BUILDS_THE_PACKAGE = "setuptools>=77"
CUDA = re.compile(r"(nvidia|cuda|triton)\b")
CPU_TORCH = {"2.13.0": ("6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b",)}
"""Of PyTorch's own index (https://download.pytorch.org/whl/cpu): Python 3.11 on x86-64."""
HEADER = "# Written by scripts/lock_hashes.py; pip install --require-hashes -r FILE\n"


def main() -> None:
    """Writes all files."""
    LOCKED.mkdir(exist_ok=True)
    known: dict[str, str] = {}
    cuda: dict[str, str] = {}
    for extra in EXTRAS:
        entries = locked(extra)
        cuda |= {name: text for name, text in entries.items() if CUDA.match(name)}
        write(extra, {name: entries[name] for name in entries.keys() - cuda.keys() - known.keys()})
        known |= entries
    write("cuda", cuda)
    write("torch-cpu", {"torch": cpu_build(known["torch"])})


def locked(extra: str) -> dict[str, str]:
    """Each package that an extra needs, with its version, marker and hashes."""
    with tempfile.NamedTemporaryFile("w", suffix=".in") as builder:
        builder.write(BUILDS_THE_PACKAGE)
        builder.flush()
        command = ["uv", "pip", "compile", "pyproject.toml", builder.name, "--extra", extra]
        command += ["--universal", "--python-version", "3.11", "-c", "constraints.txt"]
        command += ["--generate-hashes", "--no-annotate", "--no-header"]
        text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {entry.partition("==")[0]: entry for entry in entries}


def cpu_build(entry: str) -> str:
    """The build for CPUs alone of the version in an entry."""
    version = re.match(r"torch==([\d.]+)", entry)[1]
    hashes = "".join(f" \\\n    --hash=sha256:{sha256}" for sha256 in CPU_TORCH[version])
    return f"torch=={version}+cpu{hashes}\n"


def write(name: str, entries: dict[str, str]) -> None:
    """A file of entries by name."""
    text = HEADER + "".join(entries[package] for package in sorted(entries))
    (LOCKED / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
