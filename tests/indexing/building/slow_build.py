"""Builds an index and never ends: says when it begins to encode, then waits to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from fakes import EndlessEmbedder, built_index, make_document

if __name__ == "__main__":
    built_index(
        [make_document("The text of the next build.", "next")], Path(sys.argv[1]), EndlessEmbedder()
    )
