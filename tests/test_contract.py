"""The JSON shapes of the endpoint hold every name that outside programs were promised."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest
from fakes import make_answer, make_document, make_summary

from qa_service.answering.parts import answer_in_parts
from qa_service.contract.answers import answer_object, citation_object, search_object
from qa_service.contract.documents import (
    completions_object,
    document_object,
    full_document_object,
    suggestions_object,
)
from qa_service.contract.parts import WrittenDate, heading_text, permalink
from qa_service.nouns.answers import Alternative, Citation, Completion
from qa_service.nouns.questions import Question

ANSWER = {
    *("question", "standalone_question", "answered", "confidence", "reason"),
    *("answer", "citations", "passages", "index", "took_ms"),
}
PLACE = {"passage_id", "document_id", "document_version", "title", "source", "date", "page"} | {
    *("heading", "start", "end"),
}
CITATION = PLACE | {"number", "quote", "permalink", "exact", "why", "also_in"}
PASSAGE = PLACE | {"text", "score", "dense_rank", "keyword_rank"}
DOCUMENT = {"id", "title", "source", "date", "pages", "passages", "version"}
ADDED_TO_ANSWER = {
    *("hint", "corrections", "understood", "scope", "timeline", "catalogue", "suggestions"),
    *("kind", "documents", "facts", "contradicted_by", "missing", "nearest", "parts", "mentions"),
}
ADDED_TO_CITATION = {"publisher", "address", "language"}
ADDED_TO_PASSAGE = ADDED_TO_CITATION | {"permalink", "duplicates", "folded_into", "why"}
ADDED_TO_DOCUMENT = {"collection", "metadata", "sources", "extraction"}
QUESTION = "What did inspectors recommend about quality assurance?"


@pytest.fixture
def service(service_with, reports):
    return service_with(*reports)


@pytest.fixture
def answered(service):
    return answer_object(service.ask(Question(QUESTION)))


def test_an_answer_has_every_promised_member(answered) -> None:
    assert set(answered) == ANSWER | ADDED_TO_ANSWER
    assert answered["index"].keys() == {"build", "documents", "passages"}
    assert [set(part) for part in answered["answer"]] == [{"quote", "citation"}]
    assert [set(part) for part in answered["citations"]] == [CITATION | ADDED_TO_CITATION]
    assert [set(part) for part in answered["passages"]] == [PASSAGE | ADDED_TO_PASSAGE] * 3


def test_an_answer_is_json(answered) -> None:
    assert json.loads(json.dumps(answered)) == answered


def test_a_quote_names_a_citation_that_says_the_same(answered) -> None:
    (part,), (citation,) = answered["answer"], answered["citations"]
    assert (part["citation"], part["quote"]) == (citation["number"], citation["quote"])


def test_quotes_and_passages_are_the_text_at_their_offsets(service, answered) -> None:
    for part in [*answered["citations"], *answered["passages"]]:
        text = full_document_object(*service.document(part["document_id"]))["text"]
        assert text[part["start"] : part["end"]] == part.get("quote", part.get("text"))


def test_the_sentence_that_matched_is_the_text_at_its_offsets(service, answered) -> None:
    for part in [*answered["citations"], *answered["passages"]]:
        text = full_document_object(*service.document(part["document_id"]))["text"]
        sentence = part["why"]["sentence"]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_exact_words_are_the_text_at_their_offsets() -> None:
    text = "The library opens at nine."
    place = (make_summary(), (), None, text, 0, len(text))
    citation = Citation(1, "p", *place, source_text=text, exact=(18, 25))
    assert citation_object(citation)["exact"] == {"text": "at nine", "start": 18, "end": 25}
    assert citation_object(Citation(1, "p", *place, source_text=text))["exact"] is None


def test_corrections_name_the_typed_and_the_taken_word(service) -> None:
    asked = "What did inspectors recommend about qualtiy assurance?"
    expected = [{"typed": "qualtiy", "taken": "quality"}]
    assert answer_object(service.ask(Question(asked)))["corrections"] == expected
    assert search_object(service.search(asked, 2))["corrections"] == expected


def test_what_was_understood_names_all_that_was_carried_over(full_answer, service) -> None:
    assert answer_object(full_answer)["understood"] == {
        "text": "Who may borrow books in Borders?",
        "carried": [{"text": "Borders", "kind": "place"}],
    }
    assert answer_object(service.ask(Question(QUESTION)))["understood"] is None


def test_a_scope_says_what_narrowed_the_search_to_what(full_answer) -> None:
    assert answer_object(full_answer)["scope"] == {
        "date_from": "2016-01-01",
        "date_to": None,
        "collections": [],
        "documents": [{"document_id": "report", "title": "Report"}],
        "words": ["2016"],
        "lifted": ["May"],
    }


def test_a_timeline_names_the_citation_of_each_document_or_none(full_answer) -> None:
    older = {"date": "2016", "document_id": "older", "title": "Older"}
    report = {"date": "2023-05", "document_id": "report", "title": "Report"}
    assert answer_object(full_answer)["timeline"] == [
        {**older, "citation": None, "nearest": None, "place": None},
        {**report, "citation": 1, "nearest": None, "place": None},
    ]


def test_a_catalogue_lists_documents_with_their_addresses(full_answer) -> None:
    catalogue = answer_object(full_answer)["catalogue"]
    assert (catalogue["text"], catalogue["total"]) == ("The index holds 2 documents.", 2)
    assert [set(entry) for entry in catalogue["documents"]] == [
        DOCUMENT | ADDED_TO_DOCUMENT | {"permalink"}
    ] * 2
    assert catalogue["documents"][0]["permalink"] == "/documents/older"
    assert answer_object(full_answer)["documents"] == catalogue["documents"]


def test_a_table_of_facts_names_the_citation_of_each_value(table_answer) -> None:
    shown = answer_object(table_answer)
    (row,) = shown["facts"]["rows"]
    assert (shown["kind"], shown["facts"]["labels"]) == ("facts", ["Hours", "Fees"])
    assert row["cells"] == [{"value": "nine", "citation": 1}, None]
    assert row["permalink"] == f"/documents/{row['document_id']}"


def test_what_is_missing_is_told_with_what_there_is_instead() -> None:
    nearest = (Alternative("Older report", make_summary("older")), Alternative("Leeds"))
    declined = {"kind": "declined", "reason": "not_in_collection", "quotes": (), "citations": ()}
    shown = answer_object(make_answer(**declined, missing=("York",), nearest=nearest))
    assert (shown["answered"], shown["missing"]) == (False, ["York"])
    assert [item["text"] for item in shown["nearest"]] == ["Older report", "Leeds"]
    assert shown["nearest"][1]["document"] is None


def test_each_part_of_an_answer_has_the_members_of_an_answer() -> None:
    shown = answer_object(answer_in_parts("When, and when?", [make_answer(), make_answer()]))
    assert [set(part) for part in shown["parts"]] == [ANSWER | ADDED_TO_ANSWER] * 2
    assert shown["answer"] == [*shown["parts"][0]["answer"], *shown["parts"][1]["answer"]]


def test_a_citation_lists_the_other_documents_that_say_the_same(full_answer) -> None:
    (other,) = answer_object(full_answer)["citations"][0]["also_in"]
    assert (other["document_id"], other["title"], other["date"]) == ("notice", "Notice", None)
    assert other["permalink"].startswith("/documents/notice?start=0&end=9&version=")


def test_completions_and_suggestions_are_lists() -> None:
    assert suggestions_object(("Why?",)) == {"questions": ["Why?"]}
    assert completions_object((Completion("Report", "title", "report"),)) == {
        "completions": [{"text": "Report", "kind": "title", "document_id": "report"}]
    }


def test_a_declined_answer_has_the_same_members(service) -> None:
    declined = answer_object(service.ask(Question("Hello")))
    assert set(declined) == ANSWER | ADDED_TO_ANSWER
    assert (declined["reason"], declined["answer"], declined["citations"]) == ("small_talk", [], [])


def test_a_search_has_every_promised_member(service) -> None:
    found = search_object(service.search(QUESTION, 2))
    assert set(found) == {"query", "corrections", "passages", "index", "took_ms"}
    assert [set(part) for part in found["passages"]] == [PASSAGE | ADDED_TO_PASSAGE] * 2


def test_a_document_has_every_promised_member(service) -> None:
    summary, document = service.document("borders")
    assert set(document_object(summary)) == DOCUMENT | ADDED_TO_DOCUMENT
    assert full_document_object(summary, document) == {
        **document_object(summary),
        "text": document.text,
        "page_labels": [],
    }


@pytest.mark.parametrize("name", ["plain", "a b/c?d=e&f#g", "räte-😀", "100%"])
def test_a_permalink_leads_to_the_very_place(name: str) -> None:
    address = urlsplit(permalink(make_summary(name), 3, 9))
    folder, _, identifier = address.path.rpartition("/")
    assert (folder, unquote(identifier)) == ("/documents", name)
    assert parse_qs(address.query) == {"start": ["3"], "end": ["9"], "version": ["0" * 64]}


def test_headings_are_one_line_outermost_first() -> None:
    assert heading_text(("Schools", "Harbour")) == "Schools › Harbour"
    assert heading_text(()) is None


def test_numbers_are_rounded_for_reading(service_with) -> None:
    service = service_with(make_document("Inspectors found the harbour good and safe."))
    found = answer_object(service.ask(Question("Did inspectors find harbours safe?")))
    assert found["took_ms"] == round(found["took_ms"], 1)
    assert found["confidence"] == round(found["confidence"], 4)
    assert found["passages"][0]["score"] == round(found["passages"][0]["score"], 4)


@pytest.mark.parametrize("text", ["2016\n", "2016-02\n", "2016-13", "16"])
def test_what_is_no_date_is_refused_with_a_line_end_too(text) -> None:
    assert msgspec.convert("2016-02", WrittenDate) == "2016-02"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, WrittenDate)
