"""Builds an index and never ends: says when it begins to encode, then waits to be killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fakes import FakeEmbedder, built_index, make_document


class EndlessEmbedder(FakeEmbedder):
    """Encodes nothing, for ever."""

    def encode_passages(self, *_: object) -> None:
        sys.stdout.write("encoding\n")
        sys.stdout.flush()
        while True:
            time.sleep(60)


if __name__ == "__main__":
    built_index(
        [make_document("The text of the next build.", "next")], Path(sys.argv[1]), EndlessEmbedder()
    )
