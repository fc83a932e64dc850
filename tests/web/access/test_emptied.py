"""Once no document is left every route answers, and none tells a word of those there were."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeEmbedder, build_here
from guarded_site import SECRET_WORDS, Walk, build, settings_in, write_corpus

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.web import create_app


@pytest.fixture
def emptied(tmp_path: Path) -> Settings:
    """The settings of a site whose documents were all taken out, and no earlier build is kept."""
    settings = settings_in(tmp_path)
    write_corpus(tmp_path / "corpus")
    build(settings)
    build_here([], settings.index_dir, FakeEmbedder(), empty=True, keep_builds=1)
    return settings


def test_every_route_answers_and_tells_nothing(emptied, guarded):
    _, gone = guarded
    service = AnswerService(emptied, FakeEmbedder())
    walk = Walk(create_app(emptied, service), gone)
    for method, rule in walk.rules():
        for response in walk.responses(method, rule, "member"):
            with response:
                told = response.get_data().decode("utf-8", "replace").lower()
                assert response.status_code < 500, rule
                assert not [word for word in SECRET_WORDS if word in told], rule
    service.close()
