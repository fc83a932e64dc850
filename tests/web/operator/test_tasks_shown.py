"""How a build on several machines stands, on the operator's page."""

from __future__ import annotations

import pytest
from operator_site import BEARER, operator_app, operator_settings, prototype  # noqa: F401

from qa_service.config import Settings
from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.schema import version_of
from qa_service.indexing.engine.postgres.tasks import QueueState, Task, TaskTable, put_tasks
from qa_service.web.operator import pages
from qa_service.web.operator.report import queue_of_tasks


def test_all_machines_are_shown_in_one_bar(app, monkeypatch) -> None:
    state = QueueState(done=12, total=40, rate=88.04, workers=3)
    monkeypatch.setattr(pages, "queue_of_tasks", lambda _: state)
    page = app.test_client().get("/operator", headers=BEARER).get_data(as_text=True)
    assert '<progress aria-label="Progress of the build" max="40" value="12">' in page
    assert "12 of 40 · machines at work: 3 · passages a second: 88.0" in page


def test_without_tasks_nothing_is_shown(app) -> None:
    page = app.test_client().get("/operator", headers=BEARER).get_data(as_text=True)
    assert "several machines" not in page


@pytest.mark.engines
def test_the_tasks_of_the_database_are_told(new_database) -> None:
    settings = Settings(engine="postgres", postgres=new_database())
    assert queue_of_tasks(settings) is None
    with Database(settings.postgres).writing() as connection:
        assert version_of(connection) == 0, "to look makes no table"
    with TaskTable(Database(settings.postgres)).asking() as connection:
        put_tasks(connection, [Task("read", "v1", "", b"a file")])
    assert queue_of_tasks(settings) == QueueState(done=0, total=1, rate=0.0, workers=0)
