"""The command `build` on the fake model, as slow as FAKE_BUILD_SECONDS says, without children."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import FakeEmbedder
from no_children import CutsHere, ReadsHere

from qa_service.cli import main
from qa_service.indexing.encoding.embedding import EncodedPassages
from qa_service.nouns.documents import Span


class SlowEmbedder(FakeEmbedder):
    """Takes its time before it encodes."""

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        time.sleep(float(os.environ.get("FAKE_BUILD_SECONDS", "0")))
        return super().encode_passages(texts, sentences)


if __name__ == "__main__":
    with (
        mock.patch(
            "qa_service.indexing.encoding.embedders.open_embedder", return_value=SlowEmbedder()
        ),
        mock.patch("qa_service.answering.service.open_embedder", return_value=SlowEmbedder()),
        mock.patch("qa_service.reading.isolation.pool.ReadingProcess", ReadsHere),
        mock.patch("qa_service.indexing.passages.bounded_cutting.CuttingProcess", CutsHere),
    ):
        sys.exit(main(sys.argv[1:]))
