"""A web site on the loopback, which tells what was asked of it."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOPBACK = "127.0.0.1"


@dataclass
class Answer:
    """What a path of a site is answered with. `length` is one that is claimed."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    seconds: float = 0.0


class Site:
    """A web site: answers by path, and what was asked of it in order, with its headers."""

    def __init__(self, host: str = LOOPBACK) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.asked_with: list[dict[str, str]] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://{host}:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self, path: str, words: str, **headers: str) -> None:
        body = f"<html><head><title>{path}</title></head><body><p>{words}</p></body></html>"
        self.answers[path] = Answer(body.encode(), headers=headers)

    def lists(self, *paths: str, changed: str = "") -> None:
        """Has the sitemap name these paths."""
        told = f"<lastmod>{changed}</lastmod>" if changed else ""
        rows = "".join(f"<url><loc>{self.address}{path}</loc>{told}</url>" for path in paths)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0"?><urlset xmlns="{space}">{rows}</urlset>'
        self.answers["/sitemap.xml"] = Answer(text.encode(), kind="application/xml")

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.asked_with.append({k.lower(): v for k, v in self.headers.items()})
                answer = site.answers.get(self.path, Answer(b"none", 404))
                site.stopping.wait(answer.seconds)
                with contextlib.suppress(OSError):
                    self._send(_unchanged(answer, self.headers) or answer)

            def _send(self, answer: Answer) -> None:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                length = len(answer.body) if answer.length is None else answer.length
                self.send_header("Content-Length", str(length))
                for name, value in answer.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _unchanged(answer: Answer, asked: Any) -> Answer | None:
    tag = answer.headers.get("ETag")
    return (
        Answer(status=304, headers={"ETag": tag}) if tag and asked["If-None-Match"] == tag else None
    )
