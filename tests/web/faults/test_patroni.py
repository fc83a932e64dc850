"""A primary that dies with its Patroni: the other takes over, and nothing of ours is told so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import patroni_cluster
import pytest
from engines_under_test import PostgresEngine
from meanwhile import QUESTIONS, Asking, documents_of
from patroni_cluster import PatroniCluster, until

from qa_service.errors import EngineUnavailable

pytestmark = pytest.mark.faults


@pytest.fixture
def watched() -> Iterator[PatroniCluster]:
    if not patroni_cluster.is_installed():
        pytest.skip(patroni_cluster.NOT_INSTALLED)
    with closing(PatroniCluster()) as made:
        yield made


def may_write(engine: PostgresEngine) -> bool:
    try:
        return engine.builds.in_use() is not None
    except EngineUnavailable:
        return False


def test_the_other_takes_over_and_the_dead_one_comes_back_as_its_standby(
    watched, serving, tmp_path
) -> None:
    with closing(PostgresEngine(tmp_path, watched.address)) as engine:
        engine.publish(*documents_of("one"))
        with Asking(serving(watched.address)) as people:
            watched.first.kill()
            until(lambda: may_write(engine))
            second = engine.publish(*documents_of("two"))
            people.until(lambda: f"{second}: edition two" in people.asked.answered)
            watched.first.start()
            until(lambda: watched.first.state() == ("replica", "streaming"))
            people.until_answered()
    assert people.asked.wrong == []
    assert people.asked.refused <= len(QUESTIONS)
