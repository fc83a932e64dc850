"""A pinboard as a briefing: every quote with a footnote in the style that was chosen."""

import gc
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.package import Package
from fake_answer_service import QUESTION
from lxml import etree
from pybtex.database import parse_string

from qa_service.web.briefing.links import quote_address
from qa_service.web.briefing.pins import Pin
from qa_service.web.export.sent_quotes import CHANGED, GONE, NOT_THERE

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_PARTS = ("document", "footnotes", "settings", "styles")
PUBLISHED = {"publisher": "Office & Sons", "note": "Worth a *second* look"}


@pytest.fixture
def pin(ask):
    [citation] = ask().get_json()["citations"]
    members = [name for name in Pin.__struct_fields__ if name != "note"]
    return {name: citation[name] for name in members} | PUBLISHED


@pytest.fixture
def brief(client):
    def post(*pins, style="harvard", kind="docx", title="On teaching"):
        board = {"title": title, "groups": [{"heading": QUESTION, "pins": list(pins)}]}
        return client.post(f"/api/briefing?format={kind}&style={style}", json=board)

    return post


def footnotes(response):
    with ZipFile(BytesIO(response.data)) as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        links = archive.read("word/_rels/footnotes.xml.rels").decode()
    shown = [note for note in notes if note.get(f"{WORD}type") is None]
    return ["".join(note.itertext()) for note in shown], re.findall(r'Target="([^"]+)"', links)


def test_word_has_a_real_footnote_for_each_quote_with_a_link_to_it(brief, pin):
    response = brief(pin, {**pin, "page": None})
    notes, links = footnotes(response)
    assert notes[0].strip() == "(Office & Sons, 2023, p. 1) Open the quote"
    assert notes[1].strip() == "(Office & Sons, 2023) Open the quote"
    assert links[0].startswith("http://localhost/documents/hillside-2023?start=")
    assert b"footnoteReference" in ZipFile(BytesIO(response.data)).read("word/document.xml")


def test_word_finds_every_footnote_its_style_and_what_separates_them(brief, pin):
    parts = ZipFile(BytesIO(brief(pin, pin, pin).data))
    read = {name: etree.fromstring(parts.read(f"word/{name}.xml")) for name in WORD_PARTS}
    notes = [note.get(f"{WORD}id") for note in read["footnotes"].iter(f"{WORD}footnote")]
    asked = [sign.get(f"{WORD}id") for sign in read["document"].iter(f"{WORD}footnoteReference")]
    separators = [each.get(f"{WORD}id") for each in read["settings"].iter(f"{WORD}footnote")]
    assert (separators, notes) == (["-1", "0"], ["-1", "0", *asked])
    assert asked == ["1", "2", "3"]
    known = {style.get(f"{WORD}styleId") for style in read["styles"].iter(f"{WORD}style")}
    used = {
        style.get(f"{WORD}val")
        for style in read["footnotes"].iter(f"{WORD}pStyle", f"{WORD}rStyle")
    }
    assert used <= known
    assert b"wordprocessingml.footnotes+xml" in parts.read("[Content_Types].xml")


@pytest.mark.parametrize(("language", "named"), [("en", "en-GB"), ("de", "de")])
def test_word_is_told_the_language_of_the_file(client, pin, language, named):
    board = {"title": "", "groups": [{"heading": "", "pins": [pin]}]}
    file = client.post(f"/api/briefing?format=docx&language={language}", json=board).data
    styles = etree.fromstring(ZipFile(BytesIO(file)).read("word/styles.xml"))
    assert styles.find(f".//{WORD}rPrDefault//{WORD}lang").get(f"{WORD}val") == named


def test_word_files_that_were_given_out_take_no_memory(brief, pin):
    gc.collect()
    gc.disable()  # it would come late: it counts objects, and XML is not made of these
    before = word_files_held()
    try:
        assert all(brief(pin).status_code == 200 for _ in range(4))
        held = word_files_held() - before
    finally:
        gc.enable()
    assert held <= 1


def word_files_held():
    return sum(type(item) is Package for item in gc.get_objects())


def test_word_has_headings_notes_quotes_and_references_in_order(brief, pin):
    paragraphs = Document(BytesIO(brief(pin).data)).paragraphs
    styles = [paragraph.style.name for paragraph in paragraphs]
    assert styles == ["Title", "Normal", "Heading 1", "Normal", "Quote", "Heading 1", "Normal"]
    assert [paragraphs[i].text for i in (0, 2, 3, 4)] == [
        "On teaching",
        QUESTION,
        PUBLISHED["note"],
        pin["quote"],
    ]
    assert paragraphs[-1].text == (
        "Office & Sons (2023) Hillside Primary School: inspection report. Office & Sons."
    )


def test_oscola_names_title_and_page_in_the_footnote(brief, pin):
    [note], _ = footnotes(brief(pin, style="oscola"))
    assert note.strip() == (
        "Office & Sons, ‘Hillside Primary School: Inspection Report’ (Office & Sons 2023) 1. "
        "Open the quote"
    )


@pytest.mark.parametrize("style", ["harvard", "oscola"])
def test_a_source_cited_again_is_told_from_another_of_the_same_title(brief, pin, style):
    twin = {**pin, "document_id": "twin", "document_version": "e" * 64, "date": "2019-05-01"}
    notes, _ = footnotes(brief(pin, twin, {**pin, "page": 2}, style=style))
    assert ["2023" in note for note in notes] == [True, False, True]


@pytest.mark.parametrize("style", ["harvard", "oscola"])
def test_a_title_in_the_place_of_an_author_is_said_once(brief, pin, style):
    text = brief({**pin, "publisher": None}, style=style, kind="markdown").text
    [entry] = re.findall(r"^- (.+)$", text, re.MULTILINE)
    assert entry.lower().count("hillside primary school") == 1
    assert "2023" in entry


def test_markdown_has_footnotes_and_escapes_what_was_noted(brief, pin):
    text = brief(pin, kind="markdown").text
    assert "Worth a \\*second\\* look" in text
    assert re.search(r"^> .+\[\^1\]$", text, re.MULTILINE)
    assert re.search(
        r"^\[\^1\]: \(Office \\& Sons, 2023, p. 1\) \[Open the quote\]\(<http", text, re.MULTILINE
    )


def test_data_for_reference_managers_has_each_document_once_with_its_quotes(brief, pin):
    bibtex = brief(pin, pin, kind="bibtex").text
    assert bibtex.count("@misc{") == 1
    assert r"Office \& Sons" in bibtex
    [item] = json.loads(brief(pin, pin, kind="csl-json").data)
    assert item["issued"] == {"date-parts": [[2023, 5, 24]]}
    assert item["note"].count("Inspectors recommend") == 2


@pytest.mark.parametrize("name", ["{", "}}", r"\input{/etc/passwd}", '"$x^2$', "@misc{a, b", "\0"])
def test_names_of_documents_are_only_text_to_bibtex(brief, pin, name):
    response = brief({**pin, "title": name, "publisher": name}, kind="bibtex")
    assert response.status_code == 200
    [entry] = parse_string(response.text, "bibtex").entries.values()
    assert set(entry.fields) <= {"title", "year", "month", "publisher", "annote"}
    obeyed = re.sub(r"\\(text\w+\{\}|[&%#_])", "", response.text)
    assert not set("\\$^") & set(obeyed)


def test_a_source_on_the_web_is_linked_by_a_text_fragment(pin):
    web = Pin(**{**pin, "address": "https://example.org/report"})
    assert quote_address(web, "http://localhost/") == (
        "https://example.org/report#:~:text=Inspectors%20recommend%20that%20leaders%20check,"
        "used%20well%20in%20every%20subject."
    )
    paged = Pin(
        **{**pin, "address": "https://example.org/report.pdf", "quote": "A well-run, safe one"}
    )
    assert quote_address(paged, "").endswith("#page=1:~:text=A%20well%2Drun%2C%20safe%20one")


def test_a_reference_names_an_address_that_others_can_reach_only(brief, pin):
    here = json.loads(brief(pin, kind="csl-json").data)
    web = json.loads(brief({**pin, "address": "https://example.org/r"}, kind="csl-json").data)
    assert [item.get("URL") for item in (*here, *web)] == [None, "https://example.org/r"]


def test_words_that_the_document_does_not_hold_are_refused(brief, pin):
    refused = brief({**pin, "quote": "Inspectors recommend nothing."})
    assert (refused.status_code, refused.get_json()["field"]) == (422, "quote")


@pytest.mark.parametrize("kind", ["docx", "markdown", "bibtex", "csl-json"])
@pytest.mark.parametrize(
    ("change", "words"),
    [({"document_version": "f" * 64}, CHANGED), ({"document_id": "nowhere"}, GONE)],
)
def test_words_that_cannot_be_compared_are_marked(brief, pin, kind, change, words):
    response = brief({**pin, "quote": "Made up.", **change}, kind=kind)
    said = "".join(footnotes(response)[0]) if kind == "docx" else response.text
    assert f"Not verified. {words}" in said
    assert "Not verified" not in "".join(footnotes(brief(pin))[0])


@pytest.mark.parametrize("board", [{}, {"groups": []}, {"groups": [{"pins": []}]}])
def test_an_empty_pinboard_makes_no_briefing(client, board):
    assert client.post("/api/briefing?format=docx", json=board).status_code == 422


def test_the_file_is_named_by_the_title(brief, pin):
    named = brief(pin, title="Lehren & Führen").headers["Content-Disposition"]
    assert re.search(r"filename=Lehren__Fuhren-\d{4}-\d\d-\d\d\.docx", named)


def shown(client, *pins):
    board = {"groups": [{"heading": "<b>Teaching</b>", "pins": list(pins)}]}
    return client.post("/pinboard/board", json=board)


def test_the_board_shows_quotes_notes_and_headings_as_text(client, pin):
    page = shown(client, {**pin, "note": "</textarea><script>"}).text
    assert "&lt;b&gt;Teaching" in page
    assert "<script>" not in page
    assert pin["quote"].split("\n")[0] in page


def test_the_board_says_what_became_of_a_document(client, pin):
    older = {**pin, "document_version": "f" * 64}
    gone = {**pin, "document_id": "gone"}
    other = {**pin, "quote": "Other words."}
    page = shown(client, pin, older, gone, other).text
    assert [page.count(words) for words in (CHANGED, GONE, NOT_THERE)] == [1, 1, 1]


def test_the_board_is_shown_to_our_own_page_only(client):
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post("/pinboard/board", json={}, headers=headers).status_code == 403


def test_every_quote_can_be_pinned_on_the_documents_page_too(client, ask):
    [citation] = ask().get_json()["citations"]
    for page in (client.get("/", query_string={"q": QUESTION}), client.get(citation["permalink"])):
        kept = json.loads(re.search(r"data-pin='([^']+)'", page.text)[1])
        assert {name: kept[name] for name in kept} == {name: citation[name] for name in kept} | (
            {"heading": kept["heading"]}
        )
