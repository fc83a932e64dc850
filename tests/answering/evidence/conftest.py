"""The base model of the readers of passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_bert import write_bert

from qa_service.answering.evidence.passage_reader import MAX_TOKENS


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny base model."""
    folder = tmp_path_factory.mktemp("base")
    write_bert(folder, MAX_TOKENS)
    return folder
