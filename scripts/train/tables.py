"""Tables of figures as scripts/write_tables.py takes them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))
from benchmark.machine import machine


def write_table(
    path: Path, command: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], **more: Any
) -> None:
    """Writes a table, and whatever else belongs to it, with where it was made."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    origin = {"command": command, "commit": commit, "machine": f"an {machine()['name']}"}
    record = origin | {"columns": columns, "rows": rows} | more
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
