"""A werkzeug server at work in a thread, for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from werkzeug.serving import BaseWSGIServer


@contextmanager
def in_background(server: BaseWSGIServer) -> Iterator[str]:
    """Serves, and yields where: host and port."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
