"""A standby that takes over from its primary, and the end of a server of ours."""

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


def test_a_server_of_ours_that_is_killed_leaves_nothing_in_the_database(cluster, server) -> None:
    with Asking(server) as people:
        server.close()
    assert people.asked.wrong == []
    told = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pages'"
    people.until(lambda: cluster.standby.command(told) == "0")
