"""The tools by name: what each takes, what it gives, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msgspec import Struct, json

from qa_service.contract import shapes
from qa_service.contract.answers import answer_object, search_object
from qa_service.contract.checking import checked
from qa_service.contract.documents import DocumentsPage, ReadStretch, Verification
from qa_service.contract.mentions import Mentions, StatedFacts, facts_object, mentions_object
from qa_service.contract.parts import JsonObject, members
from qa_service.errors import InputError
from qa_service.input_checks import question_text
from qa_service.web.api import requests
from qa_service.web.api.look_ups import FactsAddress, MentionsAddress
from qa_service.web.mcp import lookups
from qa_service.web.mcp.arguments import DocumentsArguments, ReadArguments, VerifyArguments
from qa_service.web.mcp.desk import Desk

_TABLES_ONLY = "format"
"""A member of addresses that means nothing here: a tool gives no CSV."""


@dataclass(frozen=True)
class Tool:
    """One tool. `act` is given arguments in the shape `takes`, and returns members of `gives`."""

    name: str
    title: str
    takes: type[Struct]
    gives: type[Struct]
    act: Callable[[Desk, Any], JsonObject]
    says: str

    @cached_property
    def input_schema(self) -> JsonObject:
        """JSON Schema of the arguments."""
        schema = _schema_of(self.takes)
        schema["properties"].pop(_TABLES_ONLY, None)
        return schema | {"additionalProperties": False}

    @cached_property
    def output_schema(self) -> JsonObject:
        """JSON Schema of the result."""
        return _schema_of(self.gives)

    def call(self, desk: Desk, arguments: Mapping[str, Any]) -> JsonObject:
        """The result. Raises InputError for an argument that is wrong or unknown."""
        known = self.input_schema["properties"]
        for name in arguments:
            if name not in known:
                raise InputError(name, f"is unknown; {self.name} takes {', '.join(known)}")
        return self.act(desk, checked(arguments, self.takes))


def _schema_of(shape: type[Struct]) -> JsonObject:
    """A shape's JSON Schema by itself; shapes within it lie in its `$defs`."""
    _, found = json.schema_components([shape], ref_template="#/$defs/{name}")
    written = json.encode(found, order="sorted")
    defs: JsonObject = json.decode(written)
    is_within = f'"#/$defs/{shape.__name__}"'.encode() in written
    schema = defs[shape.__name__] if is_within else defs.pop(shape.__name__)
    return {**schema, "$defs": defs}


def _ask(desk: Desk, given: requests.Question) -> JsonObject:
    question = requests.question_of(given)
    with desk.answering() as service:
        return answer_object(service.ask(question))


def _search(desk: Desk, given: requests.SearchAddress) -> JsonObject:
    query = question_text(given.q, "q")
    with desk.answering() as service:
        found = service.search(query, given.limit, spelling=given.spelling == "true")
    return search_object(found)


def _mentions(desk: Desk, given: MentionsAddress) -> JsonObject:
    query = question_text(given.q, "q")
    with desk.looking_up() as service:
        return mentions_object(service.mentions(query, given.most, given.cursor, given.filters))


def _facts(desk: Desk, given: FactsAddress) -> JsonObject:
    label = question_text(given.label, "label")
    with desk.looking_up() as service:
        return facts_object(service.facts(label, given.most, given.cursor))


TOOLS = (
    Tool(
        *("ask", "Ask the documents", requests.Question, shapes.Answer, _ask),
        "Answers a question from the documents in verbatim quotes, each with its citation. Where "
        "they hold no answer, `answered` is false and `reason` says why: then do not answer from "
        "elsewhere as if they did. Quote `answer[].quote` as it stands and name its citation.",
    ),
    Tool(
        *("search", "Search passages", requests.SearchAddress, shapes.SearchResult, _search),
        "Ranks passages for a query, best first, whether they answer anything or not.",
    ),
    Tool(
        *("mentions", "Every mention", MentionsAddress, Mentions, _mentions),
        "Every place that mentions a word, a name or a phrase, in any form: complete, with counts, "
        "grouped by document. For `how many`, `which of them all` and `is it ever mentioned`.",
    ),
    Tool(
        *("facts", "Stated facts", FactsAddress, StatedFacts, _facts),
        "What every document states of a label such as `Lead inspector` or `Date`, with its line.",
    ),
    Tool(
        *("documents", "List documents", DocumentsArguments, DocumentsPage),
        lambda desk, given: members(lookups.list_documents(desk, given)),
        "Lists documents with ids, titles, dates and versions, a page at a time.",
    ),
    Tool(
        *("read", "Read a document", ReadArguments, ReadStretch),
        lambda desk, given: members(lookups.read(desk, given)),
        "Gives a stretch of a document's text, as what stands around a quote. Offsets are those of "
        "citations; go on at `end` until it is `length`.",
    ),
    Tool(
        *("verify", "Verify a quote", VerifyArguments, Verification),
        lambda desk, given: members(lookups.verify(desk, given)),
        "Proves a quote: `verified` only if its words stand in the document one for one, white "
        "space aside; else the nearest place. Verify each quote before you give it to anyone. "
        "With start, end and version of a citation that very place is looked at.",
    ),
)
BY_NAME = {tool.name: tool for tool in TOOLS}
