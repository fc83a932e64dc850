"""The description and the app say the same."""

import re

import pytest
from described import mismatches, result_schema

from qa_service.answering.parts import answer_in_parts
from qa_service.contract.answers import answer_object
from qa_service.web.api.openapi import description


def app_operations(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api"):
            path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule.rule)
            yield from ((path, method.lower()) for method in rule.methods - {"HEAD", "OPTIONS"})


def described_operations():
    for path, operations in description()["paths"].items():
        yield from ((path, method) for method in operations)


def test_every_route_is_described_and_every_description_is_a_route(app):
    assert set(described_operations()) == set(app_operations(app))


def test_the_endpoint_serves_its_description(client):
    assert client.get("/api/openapi.json").get_json() == description()


def test_what_may_be_left_out_has_no_default_for_which_clients_would_ask_for_it():
    shapes = description()["components"]["schemas"]
    members = [
        member for shape in shapes.values() for member in shape.get("properties", {}).values()
    ]
    assert not [member for member in members if "default" in member]
    assert "Default: 5." in shapes["Question"]["properties"]["limit"]["description"]


def test_files_that_are_no_text_are_bytes_to_clients():
    export = description()["paths"]["/api/export"]["post"]["responses"]["200"]["content"]
    binary = [kind for kind, told in export.items() if told["schema"].get("format") == "binary"]
    assert [kind.rpartition(".")[2] for kind in binary] == ["document"]


def test_an_answer_has_the_described_members(ask):
    assert list(mismatches(ask().get_json(), result_schema("/api/ask", "post"))) == []


def test_all_that_an_answer_may_say_has_the_described_members(full_answer, table_answer):
    schema = result_schema("/api/ask", "post")
    for answer in (full_answer, table_answer, answer_in_parts("When?", [full_answer])):
        assert list(mismatches(answer_object(answer), schema)) == []


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/api/suggestions", "/api/suggestions"),
        ("/api/complete?q=w", "/api/complete"),
        ("/api/search?q=absence", "/api/search"),
        ("/api/documents", "/api/documents"),
        ("/api/documents/hostile", "/api/documents/{document_id}"),
        ("/api/health", "/api/health"),
    ],
)
def test_other_results_have_the_described_members(client, address, path):
    result = client.get(address).get_json()
    assert list(mismatches(result, result_schema(path, "get"))) == []


@pytest.mark.usefixtures("app")
def test_every_reference_leads_somewhere():
    components = description()["components"]
    for kind, name in re.findall(r"#/components/(\w+)/(\w+)", str(description())):
        assert name in components[kind]
