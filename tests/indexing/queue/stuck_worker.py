"""A worker that takes a task and never ends it: says so, then waits to be killed."""

from __future__ import annotations

import sys
import time
from threading import Event

from fakes import FakeEmbedder

from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.tasks import TaskTable
from qa_service.indexing.queue.working import encoding_hand, work


class EndlessEmbedder(FakeEmbedder):
    """Encodes nothing, for ever."""

    def encode_passages(self, *_: object) -> None:
        sys.stdout.write("encoding\n")
        sys.stdout.flush()
        while True:
            time.sleep(60)


if __name__ == "__main__":
    table = TaskTable(Database(sys.argv[1]))
    work(table, "stuck", [encoding_hand(EndlessEmbedder())], print, Event())
