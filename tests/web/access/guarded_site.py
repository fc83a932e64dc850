"""A service over files of which some are one group's alone, and a request to every route of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fakes import FakeEmbedder
from flask import Flask
from made_pdf_files import make_pdf
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from qa_service.config import Settings
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.nouns.documents import DocumentSummary
from qa_service.reading import ReadingLimits
from qa_service.web.mcp.server import RESOURCE
from qa_service.web.mcp.tools import TOOLS, Tool

SECRET = "a-secret-of-the-proxy"
KITCHEN = ("Kitchen handbook", "The cook is Ada Peel. The crane of the kitchen lifts pots.")
MINUTES = (
    ("Brindlemarch terms", 20, True),
    "",
    "The harbour crane was sold to Vellumore for nine pounds.",
    "The buyer Vellumore pays by Snorkelby, and Vellumore thanks the board.",
    "",
    "Treasurer: Glimmerfax",
    "Fennelwick: nine pounds",
)
ANNEX = "Wexcombe pays for the crane. Vellumore agreed, and so did Wexcombe."
SECRET_WORDS = (
    *("vellumore", "brindlemarch", "snorkelby", "glimmerfax", "fennelwick", "wexcombe"),
    *("quillfeather", "pellucidor", "tamsinby"),
)
"""Of texts, a heading, values and labels of facts, an archive, a folder, a publisher, a title."""
TABLE = """file,title,date,publisher,access
quillfeather,,,,board
quillfeather/minutes.pdf,The Tamsinby minutes,2023-05-24,Pellucidor,board
kitchen.md,,2022-01-03,,
"""


def settings_in(folder: Path) -> Settings:
    """Those of a server that asks a proxy on the same computer for groups."""
    return Settings(
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        access="groups",
        groups_header="QAGroups",
        trusted_proxies="127.0.0.1",
        proxy_secret=SECRET,
        minimum_confidence=0.0,
        operator_token="the-token-of-the-operator",
        record_questions=True,
        embed_origins="https://one.example",
    )


def write_corpus(folder: Path) -> None:
    """Two files for everybody, and a folder with a PDF and an archive for the board."""
    (folder / "quillfeather").mkdir(parents=True)
    (folder / "metadata.csv").write_text(TABLE, "utf-8")
    (folder / "kitchen.md").write_text("# {}\n\n{}\n".format(*KITCHEN), "utf-8")
    (folder / "garden.md").write_text("# Garden\n\nThe garden opens at nine.\n", "utf-8")
    (folder / "quillfeather" / "minutes.pdf").write_bytes(make_pdf(MINUTES))
    with zipfile.ZipFile(folder / "quillfeather" / "papers.zip", "w") as papers:
        papers.writestr("annex.txt", ANNEX)


def build(settings: Settings) -> None:
    """Builds what lies in the corpus, with a suggested question for each document."""
    files = read_corpus(settings.folders, ReadingLimits())
    build_index(files, settings.index_dir, FakeEmbedder(), BuildOptions(suggest=_suggested))


def _suggested(opened: OpenedBuild, *_: object) -> list[SuggestedQuestion]:
    return [
        SuggestedQuestion(f"What does {item.title} say?", item.id, 0.9) for item in opened.catalogue
    ]


QUESTIONS = (
    "What was agreed about the harbour crane?",
    "Which documents do you have?",
    "What does Velumore pay?",
    "Who is the treasurer?",
    "Where is the crane mentioned?",
    "What was sold in 2023?",
)
"""None holds a secret word, as answers repeat their questions; one holds such a word mistyped."""
CALLERS = {"everybody": None, "member": "board, staff", "outsider": "cook,staff"}


def headers_of(caller: str) -> dict[str, str]:
    """What the proxy sends for one of CALLERS."""
    groups = CALLERS[caller]
    return {} if groups is None else {"QAGroups": groups, "X-QA-Proxy-Secret": SECRET}


ACCEPTED = {"Accept": "application/json, text/event-stream"}
"""What a client of tools says that it takes."""


def called(tool: str, **arguments: object) -> dict[str, Any]:
    """The message that calls a tool."""
    given = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": given}


def tool_arguments(tool: Tool, document_id: str) -> Iterator[dict[str, Any]]:
    """All that a tool is asked about a document, and about its words."""
    cited = {"document_id": document_id, "label": "treasurer", "find": ""}
    cited["quote"] = "The harbour crane was sold to"
    asked = [{**cited, "question": text, "query": text, "q": text} for text in QUESTIONS]
    crane = {**cited, "question": "crane", "query": "crane", "q": "crane", "start": 0, "end": 40}
    for given in (*asked, crane):
        taken = tool.input_schema["properties"]
        yield {name: value for name, value in given.items() if name in taken}


class Walk:
    """Sends every request there is to a route: to one that nobody thought of, all fields."""

    def __init__(
        self,
        app: Flask,
        document: DocumentSummary,
        headers: Callable[[str], dict[str, str]] = headers_of,
    ) -> None:
        """`document` is one of the board's, `headers` what says of a request who sends it."""
        self.app = app
        self._headers = headers
        self.document = document
        cited = {"document_id": document.id, "start": 0, "end": 30}
        version = {"version": document.version, "document_version": document.version}
        self._fields = {**cited, **version, "document": document.id, "row": 0, "column": 0}
        self._bodies = _bodies({**cited, "document_version": document.version, "quote": "x"})

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every method of every route."""
        for rule in self.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield method, rule

    def responses(self, method: str, rule: Rule, caller: str) -> Iterator[TestResponse]:
        """The responses of a route to a caller, with each of the fields and bodies."""
        client, address = self.app.test_client(use_cookies=False), self._address(method, rule)
        if rule.endpoint == "mcp.tools":
            taken, carried = ACCEPTED, self._messages()
        else:
            taken = {}
            carried = self._addresses() if method in ("GET", "DELETE") else self._sendings()
        for request in carried:
            headers = self._headers(caller) | taken
            yield client.open(address, method=method, headers=headers, **request)

    def _address(self, method: str, rule: Rule) -> str:
        known = {"document_id": self.document.id, "number": 1, "filename": "style.css"}
        values = {name: known.get(name, "none") for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, values, method)

    def _addresses(self) -> Iterator[dict[str, Any]]:
        asked = [{**self._fields, "q": text, "label": "treasurer"} for text in QUESTIONS]
        typed = [{"q": begun} for begun in ("the t", "vel", "bri")]
        table = {"q": "crane", "label": "treasurer", "format": "csv"}
        for query in (*asked, *typed, table, {"q": "crane", "choices": 1}, {}):
            yield {"query_string": query}

    def _sendings(self) -> Iterator[dict[str, Any]]:
        yield from ({"json": {"question": text, "limit": 20}} for text in QUESTIONS)
        yield from ({"data": {**self._fields, "q": text}} for text in QUESTIONS[::3])
        for body in self._bodies:
            yield {"json": body, "query_string": {"format": "markdown"}}

    def _messages(self) -> Iterator[dict[str, Any]]:
        """Every call of a tool, and of what is listed and read beside them."""
        begun = {"jsonrpc": "2.0", "id": 1}
        address = {"uri": f"{RESOURCE}{self.document.id}"}
        yield {"json": {**begun, "method": "resources/list"}}
        yield {"json": {**begun, "method": "resources/read", "params": address}}
        for tool in TOOLS:
            for given in tool_arguments(tool, self.document.id):
                yield {"json": called(tool.name, **given)}


def _bodies(cited: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """A verdict, a pinboard, a matrix and a conversation about a place of a document."""
    place = {"title": "x", "source": "x", "permalink": "/documents/x?start=0&end=1"}
    verdict = {"question": "Which?", "verdict": "up", "answered": True, "citation": cited}
    board = {"title": "Mine", "groups": [{"heading": "One", "pins": [{**cited, **place}]}]}
    row = {"document_id": cited["document_id"], "title": "x"}
    matrix = {"questions": [QUESTIONS[0]], "documents": [row]}
    talk = {"turns": [{"question": "Which?", "answer": {}}], "answers": []}
    return verdict, board, matrix, talk
