"""What visitors and an operator do to the server, and what of it came out wrong."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from threading import Event, Lock
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

TOKEN = "a token for this soak alone"
REBUILD_SECONDS = 90.0
NOTES = 5
"""Files that are uploaded again and again with other words."""


class Site:
    """The server under load, and the counts of what it answered."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.counts: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def call(self, kind: str, path: str, body: object = None, method: str | None = None) -> Any:
        """What the server answers: an object, bytes, or None where it refused."""
        headers = {"Authorization": f"Bearer {TOKEN}"} if "operator" in path else {}
        data = body if isinstance(body, bytes) else None
        if body is not None and data is None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = Request(self.address + path, data, headers, method=method)
        try:
            with urlopen(request, timeout=180) as response:
                content, form = response.read(), response.headers["Content-Type"]
                self._note(kind, response.status)
                return json.loads(content) if "json" in form else content
        except HTTPError as error:
            self._note(kind, error.code)
        except (URLError, OSError):
            self._note(kind, 0)
        return None

    def _note(self, kind: str, status: int) -> None:
        with self._lock:
            self.counts[kind, status] += 1


class Load:
    """Asks, reads, exports, judges, uploads and rebuilds; keeps what was promised to it."""

    def __init__(self, site: Site, seconds_between: float) -> None:
        """Each of its threads waits so many seconds between two acts, more or less."""
        self.site, self._between = site, seconds_between
        self.over = Event()
        self.wrong: list[str] = []
        self.verdicts: list[str] = []
        self.uploads: dict[str, str] = {}
        self.asked = self.otherwise = self.undone = 0
        self.questions = site.call("suggest", "/api/suggestions")["questions"] or ["What is said?"]
        self._texts = {self._key(item): item["text"] for item in self._documents()}
        self._first = {question: _quotes(self._ask(question)) for question in self.questions}

    def run(self, act: Callable[[random.Random], None], seed: int) -> None:
        """Acts until it is over."""
        chosen = random.Random(seed)
        while not self.over.wait(chosen.uniform(0.5, 1.5) * self._between):
            act(chosen)

    def ask(self, chosen: random.Random) -> None:
        question = chosen.choice(self.questions)
        if not (answer := self._ask(question)):
            return
        self.otherwise += _quotes(answer) != self._first[question]
        for part in [*answer["citations"], *answer["passages"]]:
            self._compare(part)
        if chosen.random() < 0.2:
            self._judge(answer)
        if chosen.random() < 0.2:
            turns = [{"question": question, "answer": answer}]
            kind = chosen.choice(["markdown", "docx", "json"])
            self.site.call("export", f"/api/export?format={kind}", {"turns": turns})
        if answer["citations"] and chosen.random() < 0.1:
            kind = chosen.choice(["markdown", "docx", "bibtex"])
            board = {"groups": [{"pins": answer["citations"]}]}
            self.site.call("briefing", f"/api/briefing?format={kind}", board)

    def read(self, chosen: random.Random) -> None:
        document = chosen.choice(self.site.call("documents", "/api/documents") or [{"id": "none"}])
        self.site.call("page", f"/documents/{quote(document['id'])}?start=5&end=60")
        self.site.call("health", "/api/health")
        word = max(chosen.choice(self.questions).split(), key=len)
        found = self.site.call("mentions", f"/api/mentions?q={quote(word)}&limit=50")
        for held in found["documents"] if found else ():
            for citation in held["citations"]:
                self._compare(citation)

    def rebuild(self, chosen: random.Random) -> None:
        name = f"soak-{chosen.randrange(NOTES)}.txt"
        text = f"Soak note {chosen.random()}: the harbour opens at {chosen.randrange(12)}."
        path = f"/api/operator/uploads/{name}?replace=true"
        if self.site.call("upload", path, text.encode(), "PUT"):
            self.uploads[name] = hashlib.sha256(text.encode()).hexdigest()
        self.site.call("build", "/api/operator/build", method="POST")
        self.over.wait(REBUILD_SECONDS)

    def _documents(self) -> list[dict[str, Any]]:
        listed = self.site.call("documents", "/api/documents")
        return [
            self.site.call("document", f"/api/documents/{quote(item['id'])}") for item in listed
        ]

    def _ask(self, question: str) -> Any:
        answer = self.site.call("ask", "/api/ask", {"question": question})
        self.asked += answer is not None
        return answer

    def _judge(self, answer: dict[str, Any]) -> None:
        cited = answer["citations"][0] if answer["citations"] else None
        body = {"question": answer["question"], "verdict": "up", "answered": answer["answered"]}
        stored = self.site.call("feedback", "/api/feedback", body | {"citation": cited})
        if stored:
            self.verdicts.append(stored["id"])

    def _compare(self, part: dict[str, Any]) -> None:
        """Notes words that are not the text of that version of the document."""
        key, words = self._key(part), part.get("quote", part.get("text"))
        if key not in self._texts:
            found = self.site.call("document", f"/api/documents/{quote(key[0])}")
            if not found or self._key(found) != key:
                return  # rebuilt meanwhile: nothing to compare with
            self._texts[key] = found["text"]
        if self._texts[key][part["start"] : part["end"]] != words:
            self.wrong.append(f"{key[0]} {part['start']}:{part['end']} {words!r}")

    @staticmethod
    def _key(part: dict[str, Any]) -> tuple[str, str]:
        return part.get("document_id") or part["id"], part.get("document_version") or part[
            "version"
        ]


def _quotes(answer: Any) -> list[str]:
    return [item["quote"] for item in answer["answer"]] if answer else []


def wait_for(call: Callable[[], Any], seconds: float) -> Any:
    """What a call gives, once it gives something or the time is over."""
    last = time.monotonic() + seconds
    while not (found := call()) and time.monotonic() < last:
        time.sleep(1)
    return found
