"""Every kind of file has its reader."""

from __future__ import annotations

import pytest

from qa_service.reading.readers import READERS, reader_of


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_has_a_reader(kind: str) -> None:
    assert reader_of(kind).__name__ == READERS[kind].rpartition(".")[2]
