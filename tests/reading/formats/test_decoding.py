"""What bytes spell, whatever their label says."""

from __future__ import annotations

import pytest

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.plain.decoding import decode, decoded

ENGLISH = "The ferry costs €10–12 million; it won’t sail “on Sundays” – the café’s shut."
POLISH = "Prom odpływa codziennie o godzinie piątej. Dzieci płacą połowę ceny, a dorośli całość."
RUSSIAN = "Паром отходит ежедневно в пять часов. Дети платят половину стоимости билета."
GERMAN = "Die Größe beträgt fünf Fuß, und der Müller zahlt für das Gerät."
JAPANESE = "フェリーは毎日五時に出発します。子供は半額です。大人は全額を支払います。"
POUNDS = "The rent is £90 – paid on Mondays – and the council’s share is £45."


@pytest.mark.parametrize("label", ["", "iso-8859-1", "us-ascii", "no-such-set"])
def test_windows_1252_is_read_under_any_western_name(label: str) -> None:
    assert decode(ENGLISH.replace("€", "£").encode("cp1252"), label).startswith(
        "The ferry costs £1"
    )


@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1", "windows-1251", "utf-16"])
def test_utf8_is_read_under_any_name(label: str) -> None:
    assert decode(ENGLISH.encode(), label) == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", [ENGLISH, POLISH, RUSSIAN])
def test_wide_signs_are_read_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", POLISH),
        ("iso8859_2", POLISH),
        ("cp1251", RUSSIAN),
        ("koi8_r", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("euc_jp", JAPANESE),
        ("mac_roman", POUNDS),
        ("mac_roman", GERMAN),
        ("cp850", GERMAN),
        ("cp437", "The café pays £90 a week, and Zoë has £120."),
        ("iso8859_15", "Le billet coûte 90 € par an à Évian."),
        ("cp1252", "It’s “no” – the cœur of the café’s „Größe“ is €90."),
    ],
)
@pytest.mark.parametrize("label", ["", "iso-8859-1"])
def test_other_sets_are_told_by_what_they_spell(encoding: str, text: str, label: str) -> None:
    assert decode(text.encode(encoding), label) == text


@pytest.mark.parametrize("encoding", ["iso2022_jp", "cp850", "koi8_r", "utf-7", "hz"])
def test_a_right_label_is_followed(encoding: str) -> None:
    text = {"iso2022_jp": JAPANESE, "koi8_r": RUSSIAN}.get(encoding, "Wait: 5 + 3 ~ 8.")
    assert decode(text.encode(encoding), encoding) == text


def test_one_strange_byte_costs_that_sign_alone_and_is_told() -> None:
    found = decoded(ENGLISH.encode() + b" Andr\xe9 Dupont")
    assert found.text == f"{ENGLISH} André Dupont"
    assert found.warning == "1 byte not in UTF-8, and read as Windows-1252"


def test_a_text_cut_within_a_sign_loses_that_sign_alone() -> None:
    assert decode(ENGLISH.encode() + "–".encode()[:2]) == f"{ENGLISH}\ufffd"


def test_one_nul_in_a_long_text_is_a_blank() -> None:
    assert decode(b"word " * 400 + b"\x00end").endswith(" end")


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02" * 99, b"\xff\x01" * 99])
def test_what_is_no_text_is_named_so(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="not a text file"):
        decode(data)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Fees\n\nThe fee is £15 — paid by Zo# in full."),
        ("a.csv", "Name,Fee\nZo#,£15 — each"),
        ("a.json", '[{"name": "Zo#", "fee": "£15 — each"}]'),
        ("a.html", "<html><body><p>The fee is £15 — paid by Zo#.</p></body></html>"),
        ("a.eml", "From: a@b.org\nSubject: Fee\n\nThe fee is £15 — paid by Zo#.\n"),
    ],
)
def test_a_strange_byte_is_told_of_every_kind_of_text(read, name: str, text: str) -> None:
    document = read(name, text.encode().replace(b"Zo#", b"Zo\xeb"))
    assert "Zoë" in document.text
    assert any(told.startswith("1 byte not in UTF-8") for told in document.extraction.warnings)


def test_one_nul_in_a_short_text_is_a_blank(read) -> None:
    assert read("a.txt", b"The hall holds\x00 40 people.").text == "The hall holds 40 people."
