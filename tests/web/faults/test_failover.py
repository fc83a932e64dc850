"""A standby that takes over from its primary."""

from __future__ import annotations

import pytest
from meanwhile import QUESTIONS, Asking, documents_of

pytestmark = pytest.mark.engines


def test_builds_are_published_through_the_standby_that_took_over(cluster, engine, server) -> None:
    with Asking(server) as people:
        cluster.primary.kill()
        cluster.standby.promote()
        second = engine.publish(*documents_of("two"))
        people.until(lambda: f"{second}: edition two" in people.asked.answered)
    assert people.asked.wrong == []
    assert people.asked.refused <= len(QUESTIONS)
