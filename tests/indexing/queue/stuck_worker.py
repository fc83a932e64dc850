"""A worker that takes a task and never ends it: says so, then waits to be killed."""

from __future__ import annotations

import sys
from threading import Event

from fakes import EndlessEmbedder

from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.tasks import TaskTable
from qa_service.indexing.queue.working import encoding_hand, work

if __name__ == "__main__":
    table = TaskTable(Database(sys.argv[1]))
    work(table, "stuck", [encoding_hand(EndlessEmbedder())], print, Event())
