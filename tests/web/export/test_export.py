"""POST /api/export: a conversation as a file that holds every quote with its full citation."""

import json
from io import BytesIO

import docx
import pytest
from docx.opc.rel import Relationships
from fake_answer_service import QUESTION, SMALL_TALK_HINT, UNANSWERABLE
from fake_documents import HOSTILE_TEXT
from markdown_it import MarkdownIt

from qa_service.errors import NoIndex
from qa_service.web.export.sent_quotes import CHANGED, GONE, NOT_COMPARED, NOT_THERE

HOSTILE = "Was the <b>playground</b> canteen repaired?"
PLACE = "24 May 2023, page 1, Leadership and management"
VERSION = "a" * 64


def markdown_tokens(response):
    return MarkdownIt("commonmark").parse(response.get_data(as_text=True))


def quoted_texts(tokens):
    """The text of each block quote, as a reader of Markdown shows it."""
    opened = [place for place, token in enumerate(tokens) if token.type == "blockquote_open"]
    return [shown_text(tokens[place + 2]) for place in opened]


def shown_text(inline):
    shown = ("\n" if child.type == "softbreak" else child.content for child in inline.children)
    return "".join(shown)


def said_in(form, data):
    """All the text of a file, as a reader sees it."""
    if form == "docx":
        return "\n".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)
    if form == "json":
        return data.decode()
    tokens = MarkdownIt("commonmark").parse(data.decode())
    return "\n".join(shown_text(token) for token in tokens if token.type == "inline")


def addresses(tokens):
    links = [
        child for token in tokens for child in token.children or () if child.type == "link_open"
    ]
    return [link.attrs["href"] for link in links]


def test_markdown_holds_the_quote_and_all_that_finds_it_again(asked, export):
    turn = asked()
    file = export("markdown", turn)
    text = file.get_data(as_text=True)
    assert quoted_texts(markdown_tokens(file)) == [turn["answer"]["answer"][0]["quote"]]
    for part in (PLACE, "reports/hillside.pdf", VERSION, "characters 211 to 358"):
        assert part in text
    [address] = [a for a in addresses(markdown_tokens(file)) if "documents" in a]
    assert address == f"http://localhost{turn['answer']['citations'][0]['permalink']}"


def test_what_a_document_says_is_never_markup_in_markdown(asked, export):
    tokens = markdown_tokens(export("markdown", asked(HOSTILE)))
    assert not [token for token in tokens if token.type == "html_block"]
    assert quoted_texts(tokens) == [HOSTILE_TEXT.split("\n\n")[1]]


@pytest.mark.parametrize(
    "line", ["# no heading", "- no list", "1. no list", "> no quote", "a_b_c *d* `e` [f](g)", "==="]
)
def test_markdown_shows_every_line_as_it_stands(asked, export, line):
    turn = asked()
    turn["answer"]["citations"][0]["quote"] = f"{line}\n{line}"
    assert quoted_texts(markdown_tokens(export("markdown", turn))) == [f"{line}\n{line}"]


def test_a_word_file_opens_and_links_each_quote_to_its_place(asked, export):
    turn = asked()
    document = docx.Document(BytesIO(export("docx", turn, title="Visits").data))
    [quote] = [p for p in document.paragraphs if p.style.name == "Quote"]
    links = [link for p in document.paragraphs for link in p.hyperlinks]
    assert quote.text == turn["answer"]["answer"][0]["quote"]
    assert [link.address.endswith(turn["answer"]["citations"][0]["permalink"]) for link in links]
    text = "\n".join(p.text for p in document.paragraphs)
    assert PLACE in text
    assert VERSION in text
    assert document.core_properties.title == "Visits"


def test_a_word_file_survives_characters_that_xml_forbids(asked, export):
    turn = asked()
    turn["answer"]["citations"][0]["quote"] = "form\x0cfeed and \ufffe bell\x07"
    document = docx.Document(BytesIO(export("docx", turn).data))
    assert "formfeed and  bell" in [p.text for p in document.paragraphs]


def test_json_holds_what_the_other_formats_do(asked, export):
    transcript = json.loads(export("json", asked(), title="Visits").data)
    [entry] = transcript["turns"][0]["entries"]
    assert (transcript["title"], entry["version"], entry["page"]) == ("Visits", VERSION, 1)
    assert entry["address"].startswith("http://localhost/documents/hillside-2023?start=211")


@pytest.mark.parametrize("form", ["markdown", "docx", "json"])
def test_every_kind_of_answer_can_be_taken_away(asked, export, form):
    turns = [asked(UNANSWERABLE), asked("hello"), asked("Which documents?"), asked(compare=True)]
    history = [{"role": "user", "text": QUESTION}]
    response = export(form, *turns, asked("What about safeguarding?", history=history))
    assert response.status_code == 200
    assert len(response.data) > 500


def test_a_comparison_keeps_its_order_and_its_gaps(asked, export):
    text = export("markdown", asked(compare=True)).get_data(as_text=True)
    gap = text.index("February 2016, Attendance policy: nothing close enough")
    assert gap < text.index("24 May 2023, page 1")


@pytest.mark.parametrize("form", ["markdown", "docx", "json"])
def test_how_a_question_was_taken_stands_above_its_answer(asked, export, form):
    history = [{"role": "user", "text": QUESTION}]
    turn = asked("What about Hillside in 2023?", history=history)
    turn["answer"]["answered"] = True
    turn["answer"]["corrections"] = [{"typed": "Hilside", "taken": "Hillside"}]
    turn["answer"]["asked"] = {"limits": {"date_from": "2016-01-01", "date_to": "2023-12-31"}}
    said = said_in(form, export(form, turn).data)
    for line in (
        "Understood as: What about Hillside in 2023: the quality of teaching?",
        "Carried over: “the quality of teaching”.",
        "Searched for “Hillside” in place of “Hilside”.",
        "Searched only: 2016 to 2023.",
        "Nothing found for “2023” and “Hillside” alone, so the search went beyond.",
    ):
        assert line in said


def test_a_question_that_only_leans_on_the_conversation_is_not_said_twice(asked, export):
    turn = asked()
    turn["answer"]["understood"] = {"text": QUESTION, "carried": []}
    [exported] = json.loads(export("json", turn).data)["turns"]
    assert exported["taken"] == ["Understood as part of this conversation."]


@pytest.mark.parametrize("form", ["markdown", "docx", "json"])
def test_a_refusal_within_limits_says_nothing_of_other_documents(asked, export, form):
    turn = asked(UNANSWERABLE)
    turn["answer"]["asked"] = {"limits": {"date_from": "2020-01-01", "collections": ["news"]}}
    said = said_in(form, export(form, turn).data)
    assert "Searched only: from 2020; news." in said
    assert "No answer found within these limits." in said
    assert "No answer found in the documents." not in said


def test_a_greeting_gets_its_reply_and_no_verdict(asked, export):
    [exported] = json.loads(export("json", asked("hello")).data)["turns"]
    assert exported["reply"] == SMALL_TALK_HINT


def test_the_file_is_named_after_the_conversation(asked, export):
    header = export("markdown", asked(), title="What/did “they” say?").headers[
        "Content-Disposition"
    ]
    assert header.startswith("attachment; filename=What_did_they_say-")
    assert header.endswith(".md")


def test_the_first_question_is_the_title_where_none_is_given(asked, export):
    assert json.loads(export("json", asked()).data)["title"] == QUESTION


def without(holder, name):
    return {key: value for key, value in holder.items() if key != name}


def test_what_is_missing_or_wrong_is_named(asked, export):
    turn = asked()
    citation = turn["answer"]["citations"][0]
    elsewhere = {**citation, "permalink": "https://elsewhere.example/"}
    for wrong, field in (
        (without(citation, "quote"), "quote"),
        ({**citation, "start": True}, "start"),
        ({**citation, "date": "2023-99"}, "date"),
        (elsewhere, "permalink"),
    ):
        broken = {**turn, "answer": {**turn["answer"], "citations": [wrong]}}
        response = export("json", broken)
        assert response.status_code == 422
        assert response.get_json()["field"] == f"turns[0].answer.citations[0].{field}"


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"asked": {"limits": {"date_from": "soon"}}}, "asked.limits.date_from"),
        ({"scope": {"words": [7]}}, "scope.words[0]"),
        ({"scope": {"documents": [{}]}}, "scope.documents[0].title"),
        ({"understood": {"carried": []}}, "understood.text"),
        ({"corrections": [{"typed": "a"}]}, "corrections[0].taken"),
        ({"catalogue": {"documents": []}}, "catalogue.text"),
    ],
)
def test_what_is_wrong_about_how_a_question_was_taken_is_named(asked, export, members, field):
    turn = asked()
    response = export("markdown", {**turn, "answer": {**turn["answer"], **members}})
    assert (response.status_code, response.content_type) == (422, "application/problem+json")
    assert response.get_json()["field"] == f"turns[0].answer.{field}"


@pytest.mark.parametrize("form", ["markdown", "docx", "json"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quote": "Made up."}, NOT_THERE),
        ({"end": 5_000}, NOT_THERE),
        ({"document_version": "f" * 64}, CHANGED),
        ({"document_id": "nowhere"}, GONE),
    ],
)
def test_words_that_the_document_does_not_hold_are_marked(asked, export, form, change, words):
    turn = asked()
    assert "Not verified" not in said_in(form, export(form, turn).data)
    turn["answer"]["citations"][0] |= change
    assert f"Not verified. {words}" in said_in(form, export(form, turn).data)


def test_each_document_is_read_once_however_many_quotes_it_has(asked, export, service, monkeypatch):
    turn, read = asked(), []
    turn["answer"]["citations"] *= 200
    document = service.document
    monkeypatch.setattr(service, "document", lambda name: read.append(name) or document(name))
    assert export("json", turn, turn).status_code == 200
    assert len(read) == 1


def test_words_are_marked_while_no_index_can_be_read(asked, export, service):
    turn = asked()
    service.failure = NoIndex("build one")
    assert f"Not verified. {NOT_COMPARED}" in said_in("markdown", export("markdown", turn).data)


def test_an_unknown_format_and_an_empty_conversation_are_refused(asked, export):
    assert export("pdf", asked()).get_json()["detail"].startswith("format: must be one of")
    assert export("json").get_json()["field"] == "turns"


def test_a_conversation_may_be_longer_than_a_question_but_not_endless(asked, export):
    turn = asked()
    turn["answer"]["citations"][0]["quote"] = "word " * 60_000
    assert export("markdown", turn).status_code == 200
    turn["answer"]["citations"][0]["quote"] = "word " * 300_000
    assert export("markdown", turn).status_code == 413


def test_lists_that_nobody_would_read_are_refused_by_name(asked, export):
    turn = asked()
    (citation,) = turn["answer"]["citations"]
    other = {"document_id": "b", "title": "B", "date": None, "permalink": "/documents/b"}
    citation["also_in"] = [other] * 1_001
    response = export("docx", turn)
    assert response.status_code == 422
    assert response.get_json()["field"] == "turns[0].answer.citations[0].also_in"
    citation["also_in"] = [other] * 1_000
    assert export("docx", turn, turn, turn).get_json()["field"] == "turns"


def test_a_link_of_a_word_file_is_not_looked_for_among_all_before_it(asked, export, monkeypatch):
    """14,000 of them took 90 seconds."""
    monkeypatch.delattr(Relationships, "get_or_add_ext_rel")
    assert export("docx", asked()).status_code == 200


@pytest.mark.parametrize("form", ["markdown", "json", "docx"])
def test_names_in_a_file_do_nothing(asked, export, form):
    turn = asked()
    cited = turn["answer"]["citations"][0]
    cited["title"] = "Report\x1b[2J\u202e\n# Heading"
    cited["permalink"] = "/documents/x>\n# [a](javascript:alert(1))"
    content = export(form, turn).get_data()
    if form == "docx":
        content = docx.Document(BytesIO(content)).element.xml.encode()
    for harm in (b"\x1b", "\u202e".encode(), b"x>\n", b"](javascript:"):
        assert harm not in content
