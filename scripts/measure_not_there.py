"""How often a question that names what the collection lacks is seen to, and others are not.

    scripts/measure_not_there.py INDEX QUESTIONS... [--show]

INDEX is an index folder, QUESTIONS are files of written questions, one JSON object a line:
`q`, `file`, `answerable` and, where that is false, `why_not`. Questions on files that the
index lacks are left out. Printed for each `why_not`, and for answerable questions: how many
are seen as naming something that is not there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.declining.missing import missing_of
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.understanding.parsing import parse


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    opened = open_folder(options.index / (options.index / "CURRENT").read_text().strip())
    names = NamesOfBuild(opened)
    sources = {Path(document.source).name for document in opened.catalogue}
    seen: dict[str, list[bool]] = defaultdict(list)
    for path in options.questions:
        for line in path.read_text("utf-8").splitlines():
            question = json.loads(line)
            if Path(question["file"]).name not in sources:
                continue
            missing = missing_of(opened, parse(question["q"], (), names))
            kind = "answerable" if question["answerable"] else question["why_not"]
            seen[kind].append(missing is not None)
            wanted = kind in ("place", "year")
            if options.show and (missing is None) == wanted:
                sys.stdout.write(f"{kind}: {question['q']} -> {missing and missing.names}\n")
    for kind, found in sorted(seen.items()):
        sys.stdout.write(
            f"{kind:12} {sum(found):4} of {len(found):4} {sum(found) / len(found):.3f}\n"
        )


if __name__ == "__main__":
    main()
