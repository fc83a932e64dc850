#!/usr/bin/env python3
"""Makes a file of figures, for a table of the documentation, from what `evaluate --json` printed.

    .venv/bin/python scripts/make_figures.py NAME LABEL=REPORT.json ... --columns quoted auroc
        [--by-kind] [--command TEXT]

A row for each report or, with --by-kind, for each kind of question of the first one. The file is
docs/figures/NAME.json; scripts/write_tables.py makes the table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "scripts" / "benchmark"))


def main() -> None:
    options = parsed()
    reports = {
        label: json.loads(Path(path).read_text(encoding="utf-8"))
        for label, _, path in (report.partition("=") for report in options.reports)
    }
    rows = by_kind(next(iter(reports.values()))) if options.by_kind else reports
    figures = {
        "command": options.command,
        "commit": commit(),
        "machine": machine_name(),
        "columns": ["", *(column.replace("_", " ") for column in options.columns)],
        "rows": [
            [label, *(report[column] for column in options.columns)]
            for label, report in rows.items()
        ],
    }
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    (ROOT / "docs" / "figures" / f"{options.name}.json").write_text(text, encoding="utf-8")


def write_figures(name: str, command: str, rows: list[list[object]], **others: object) -> None:
    """A table of names and values beside the documentation, and the pages that show it."""
    values = {
        "command": command,
        "commit": commit(),
        "machine": machine_name(),
        "columns": ["", "in all"],
        "rows": rows,
        **others,
    }
    text = json.dumps(values, indent=1, ensure_ascii=False) + "\n"
    (ROOT / "docs" / "figures" / f"{name}.json").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, str(ROOT / "scripts" / "write_tables.py")], check=True)


def by_kind(report: dict[str, Any]) -> dict[str, Any]:
    return {"all": report, **report["by_kind"]}


def commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def machine_name() -> str:
    from machine import machine

    return machine()["name"]


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("reports", nargs="+", metavar="LABEL=REPORT.json")
    parser.add_argument("--columns", nargs="+", required=True)
    parser.add_argument("--by-kind", action="store_true")
    parser.add_argument("--command", default="qa-service evaluate QUESTIONS --json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
