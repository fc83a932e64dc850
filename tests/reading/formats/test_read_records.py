"""JSON and XML: records as rows of names and values, running text as paragraphs."""

from __future__ import annotations

import json

import pytest

from qa_service.errors import UnreadableDocument

BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "laugh">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
<l><p>Boats sail. &e;</p></l>"""


def test_a_list_of_records_is_a_row_each(read) -> None:
    records = [{"name": "North", "open": True}, {"name": "South", "open": None}]
    assert read("a.json", json.dumps(records)).text == "name: North; open: true\nname: South"


def test_values_within_values_carry_the_names_that_lead_to_them(read) -> None:
    value = {"school": {"head": {"name": "Ann"}, "pupils": [1, 2]}}
    assert read("a.json", json.dumps(value)).text == (
        "school › head: name: Ann\nschool › pupils: 1, 2"
    )


def test_a_long_text_is_a_paragraph_and_one_in_markup_its_blocks(read) -> None:
    value = {"body": "Boats sail. " * 30, "page": f"<p>{'Boats turn. ' * 30}</p>"}
    text = read("a.json", json.dumps(value)).text
    assert text.startswith("body: Boats sail. Boats")
    assert "page:\n\nBoats turn. Boats" in text


def test_a_record_a_line_is_read_too(read) -> None:
    assert read("a.jsonl", '{"name": "North"}\n{"name": "South"}\n').text == (
        "name: North\nname: South"
    )


def test_what_the_file_says_of_itself_is_its_title_and_date(read) -> None:
    document = read("a.json", json.dumps({"title": "Harbour", "date": "2023-05-24"}))
    assert (document.title, document.date) == ("Harbour", "2023-05-24")


def test_broken_json_is_text(read) -> None:
    assert read("a.json", '{"name": "North",').metadata["format"] == "text"


def test_records_in_xml_are_rows_with_their_attributes(read) -> None:
    page = '<?xml version="1.0"?><s><i id="7"><name>North</name><grade>Good</grade></i></s>'
    assert read("a.xml", page).text == "id: 7; name: North; grade: Good"


def test_running_text_in_xml_is_headings_and_paragraphs(read) -> None:
    page = '<?xml version="1.0"?><doc><title>Harbour</title><p>Boats <b>sail</b> out.</p></doc>'
    document = read("a.xml", page)
    assert (document.text, document.title) == ("Harbour\n\nBoats sail out.", "Harbour")


def test_entities_are_never_resolved(read) -> None:
    document = read("a.xml", BILLION_LAUGHS)
    assert document.text.startswith("Boats sail.")
    assert len(document.text) < 100


def test_a_file_named_by_an_entity_is_never_read(read, tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    declared = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert "secret" not in read("a.xml", f'<?xml version="1.0"?>{declared}<a>Boats &s;</a>').text


def test_broken_xml_says_so(read) -> None:
    with pytest.raises(UnreadableDocument, match="not sound XML"):
        read("a.xml", '<?xml version="1.0"?><a><b></a>')


def test_a_broken_line_among_many_costs_itself_alone(read) -> None:
    document = read("a.jsonl", '{"fee": "£3"}\n{"fee": "£4"}\n{"fee: 5}\n\n{"fee": 6.50}\n')
    assert document.text.split() == ["fee:", "£3", "fee:", "£4", "fee:", "6.50"]
    assert document.extraction.warnings == ("lines that are no JSON were not read: 3",)


def test_what_is_said_of_a_value_in_attributes_is_kept(read) -> None:
    fee = '<fee><name>Hall</name><sum unit="GBP">320</sum></fee>'
    fees = f'<?xml version="1.0"?><fees>{fee}{fee}</fees>'
    assert "name: Hall; sum: 320; sum unit: GBP" in read("a.xml", fees).text
