"""Tools for assistants, over an index of a few reports, asked by the library's own client."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from typing import Any

import anyio
import pytest
from fakes import FakeEmbedder, built_index, make_document
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.contract.answers import answer_object
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Question
from qa_service.web.mcp import lookups
from qa_service.web.mcp.desk import Desk
from qa_service.web.mcp.server import RESOURCE, mcp_server

QUESTION = "What did inspectors recommend about quality assurance?"
QUOTE = "Most families trusted their social worker."

Visit = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def reports() -> tuple[Document, ...]:
    borders = (
        "Inspectors recommended better quality assurance of case records. Managers read files "
        "every month.\n\nChildren felt safer. Most families trusted their social worker."
    )
    harbour = "Harbour school pupils learn to sail. The boats are kept in good repair."
    return (
        make_document(borders, "borders", title="Borders joint inspection", date="2016-02-10"),
        make_document(harbour, "harbour", date="2023-05"),
        make_document("The library opens at nine. Readers may borrow books.", "library"),
    )


@pytest.fixture(scope="module")
def service(
    reports: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AnswerService]:
    index_dir = tmp_path_factory.mktemp("tools") / "index"
    built_index(reports, index_dir)
    with closing(AnswerService(Settings(index_dir=index_dir), FakeEmbedder())) as opened:
        yield opened


@pytest.fixture
def visit(service) -> Callable[[Visit], Any]:
    """Does something with a client that is connected to the service's tools."""

    def connected(act: Visit) -> Any:
        async def run() -> Any:
            async with Client(mcp_server(Desk(service, Settings(processes=1)))) as client:
                return await act(client)

        return anyio.run(run)

    return connected


@pytest.fixture
def call(visit) -> Callable[..., Any]:
    """What a tool returns, in its structure; the words of an error."""

    def called(tool: str, **arguments: object) -> Any:
        result = visit(lambda client: client.call_tool(tool, arguments))
        return result.content[0].text if result.is_error else result.structured_content

    return called


def test_tools_say_that_they_only_read(visit) -> None:
    tools = visit(lambda client: client.list_tools()).tools
    names = ["ask", "search", "mentions", "facts", "documents", "read", "verify"]
    assert [tool.name for tool in tools] == names
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert not any(tool.annotations.open_world_hint for tool in tools)


def test_ask_gives_what_the_endpoint_gives(call, service) -> None:
    expected = answer_object(service.ask(Question(QUESTION)))
    assert call("ask", question=QUESTION) | {"took_ms": 0} == expected | {"took_ms": 0}


def test_an_assistant_without_structures_is_given_the_same_as_text(visit) -> None:
    result = visit(lambda client: client.call_tool("ask", {"question": QUESTION}))
    assert json.loads(result.content[0].text) == result.structured_content


def test_passages_mentions_and_facts_are_found(call) -> None:
    assert call("search", q="sail", limit=1)["passages"][0]["document_id"] == "harbour"
    assert call("mentions", q="boats")["total_places"] == 1
    assert call("facts", label="Lead inspector")["total"] == 0


def test_documents_are_listed_a_page_at_a_time(call) -> None:
    first = call("documents", limit=2)
    rest = call("documents", limit=2, cursor=first["cursor"])
    assert (first["total"], rest["cursor"]) == (3, None)
    ids = [item["id"] for item in first["documents"] + rest["documents"]]
    assert sorted(ids) == ["borders", "harbour", "library"]


def test_documents_are_limited_by_words_and_dates(call) -> None:
    assert [item["id"] for item in call("documents", find="joint")["documents"]] == ["borders"]
    since = call("documents", date_from="2020-01-01")["documents"]
    assert [item["id"] for item in since] == ["harbour"]


def test_a_citation_is_read_at_its_place(call) -> None:
    cited = call("ask", question=QUESTION)["citations"][0]
    place = {name: cited[name] for name in ("document_id", "start", "end")}
    assert call("read", **place)["text"] == cited["quote"]


def test_a_long_document_is_read_on_where_the_last_stretch_ended(
    call, reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "MOST_READ", 40)
    first = call("read", document_id="library")
    rest = call("read", document_id="library", start=first["end"])
    assert (len(first["text"]), rest["end"]) == (40, rest["length"])
    assert first["text"] + rest["text"] == reports[2].text


def test_a_quote_is_verified_wherever_it_stands_in_the_document(call, reports) -> None:
    found = call("verify", document_id="borders", quote="Most families\n  trusted")
    assert (found["state"], found["quote"]) == ("verified", "Most families trusted")
    start = reports[0].text.index("Most families")
    assert f"start={start}&" in found["permalink"]


def test_a_quote_with_one_word_changed_is_not_verified(call) -> None:
    found = call("verify", document_id="borders", quote=QUOTE.replace("Most", "All"))
    assert (found["state"], found["permalink"]) == ("absent", None)
    assert found["nearest"]["quote"].endswith("families trusted their social worker.")


def test_a_citation_is_verified_at_its_very_place(call) -> None:
    cited = call("ask", question=QUESTION)["citations"][0]
    place = {name: cited[name] for name in ("document_id", "quote", "start", "end")}
    version = cited["document_version"]
    assert call("verify", version=version, **place)["state"] == "verified"
    moved = place | {"start": place["start"] + 3}
    assert call("verify", version=version, **moved)["state"] == "changed"


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": " "}, "question: is blank"),
        ("ask", {"query": "boats"}, "query: is unknown; ask takes"),
        ("mentions", {"q": "boats", "format": "csv"}, "format: is unknown"),
        ("search", {"q": "boats", "limit": 101}, "limit: "),
        ("read", {"document_id": "nowhere"}, "No document has this id"),
        ("read", {"document_id": "library", "end": 9999}, "end: must be"),
        ("verify", {"document_id": "library", "quote": "x", "start": 1}, "start: give start"),
    ],
)
def test_an_error_says_what_to_mend(call, tool: str, arguments: dict[str, Any], told: str) -> None:
    assert call(tool, **arguments).startswith(told)


def test_documents_are_resources(visit, reports) -> None:
    async def act(client: Client) -> tuple[list[str], str]:
        listed = await client.list_resources()
        read = await client.read_resource(f"{RESOURCE}borders")
        return [str(item.uri) for item in listed.resources], read.contents[0].text

    addresses, text = visit(act)
    assert f"{RESOURCE}borders" in addresses
    assert text == reports[0].text


def test_a_document_that_is_not_there_is_an_error_of_the_protocol(visit) -> None:
    async def act(client: Client) -> None:
        with pytest.raises(MCPError, match="No document has this id"):
            await client.read_resource(f"{RESOURCE}nowhere")

    visit(act)


def test_no_call_is_told_to_a_tracer(service) -> None:
    assert mcp_server(Desk(service, Settings())).middleware == []
