"""Messages: all their texts in order, messages within, and who said what of what they quote."""

from __future__ import annotations

import pytest

from qa_service.nouns.documents import Document
from qa_service.reading import ReadingLimits, Source
from qa_service.reading.files import read_source
from qa_service.reading.formats.mail.quoting import own_and_quoted

HEADERS = (
    "From: Tess <tess@quay.example>\nTo: rob@quay.example\nSubject: Re: Key\n"
    "Date: Mon, 10 Mar 2025 18:00:00 +0000\nMIME-Version: 1.0\n"
)
HTML = "Content-Type: text/html; charset=utf-8\n\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
ATTRIBUTION = "On Sun, 9 Mar 2025 at 09:14, Rob Finch <rob@quay.example> wrote"


@pytest.fixture
def mail(tmp_path):
    def read(text: str | bytes) -> dict[str, Document]:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "m.eml").write_bytes(data)
        source = Source(tmp_path / "m.eml", tmp_path, "m.eml", "default")
        items = read_source(source, ReadingLimits())
        return {item.source: item for item in items if isinstance(item, Document)}

    return read


def multipart(kind: str, *parts: str) -> str:
    joined = "".join(f"--b\n{part}\n" for part in parts)
    return f'{HEADERS}Content-Type: multipart/{kind}; boundary="b"\n\n{joined}--b--\n'


def test_text_behind_an_attachment_is_read(mail) -> None:
    attached = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nFlue."
    found = mail(multipart("mixed", f"{PLAIN}First.", attached, f"{PLAIN}Last."))
    assert found["m.eml"].text.endswith("First.\n\nLast.")
    assert found["m.eml/a.txt"].text == "Flue."


def test_a_web_page_counts_where_the_plain_text_is_a_stub(mail) -> None:
    page = "<p>" + "The valve is to be replaced before the winter comes. " * 3 + "</p>"
    found = mail(multipart("alternative", f"{PLAIN}View in browser.", f"{HTML}{page}"))
    assert "replaced before the winter" in found["m.eml"].text


def test_the_plain_text_counts_where_both_say_the_same(mail) -> None:
    found = mail(multipart("alternative", f"{PLAIN}Shut, alas.", f"{HTML}<p>Shut.</p>"))
    assert found["m.eml"].text.endswith("Shut, alas.")


def test_a_plain_text_that_says_something_else_is_a_stub(mail) -> None:
    said = f"{PLAIN}This message needs a viewer."
    found = mail(multipart("alternative", said, f"{HTML}<p>The fee is due in May, not June.</p>"))
    assert found["m.eml"].text.endswith("The fee is due in May, not June.")


@pytest.mark.parametrize("kind", ["mixed", "digest"])
def test_a_message_within_is_a_document_of_its_own(mail, kind: str) -> None:
    inner = "From: a@quay.example\nSubject: Well\nDate: 7 Jun 2024 10:00:00 +0100\n\nSafe."
    found = mail(multipart(kind, f"Content-Type: message/rfc822\n\n{inner}"))
    assert found["m.eml/Well.eml"].date == "2024-06-07"
    assert "Safe." not in found["m.eml"].text


def test_what_a_reply_quotes_is_its_writers_with_its_date(mail) -> None:
    found = mail(f"{HEADERS}{PLAIN}It hangs inside.\n\n{ATTRIBUTION}:\n> The key is out.\n")
    quoted = found["m.eml/quoted 2025-03-09 Rob Finch.eml"]
    assert quoted.date == "2025-03-09"
    assert quoted.metadata["author"] == "Rob Finch <rob@quay.example>"
    assert quoted.headings[0].text == ATTRIBUTION
    assert "key is out" in quoted.text
    assert "key is out" not in found["m.eml"].text


def test_what_a_web_page_quotes_is_its_writers(mail) -> None:
    said = ATTRIBUTION.replace("<", "&lt;")
    quote = "<blockquote class='gmail_quote'><p>The key is out.</p></blockquote>"
    found = mail(f"{HEADERS}{HTML}<div>Inside.</div><div><div>{said}:</div>{quote}</div>")
    assert "key is out" not in found["m.eml"].text
    assert "key is out" in found["m.eml/quoted 2025-03-09 Rob Finch.eml"].text


@pytest.mark.parametrize(
    "quote",
    [
        "<p>On 9 March 2025 at 10:12, Rob Finch wrote:</p><blockquote>The key is out.</blockquote>",
        "On 9 March 2025, <b>Rob Finch</b> wrote:<br><blockquote>The key is out.</blockquote>",
        "<div>-- On 9 March 2025 Rob Finch wrote --</div><blockquote>The key is out.</blockquote>",
        "<blockquote style='border-left: 2px solid #1010FF'>From: Rob Finch<br>Sent: 9 March 2025"
        "<br>Subject: Key<br><br>The key is out.</blockquote>",
    ],
    ids=["attributed", "in one block", "between dashes", "beside a line"],
)
def test_a_web_page_quotes_without_the_name_of_a_program(mail, quote: str) -> None:
    found = mail(f"{HEADERS}{HTML}<div>Inside.</div>{quote}")
    assert "key is out" not in found["m.eml"].text
    assert any("key is out" in item.text for name, item in found.items() if "2025-03-09" in name)


def test_what_a_writer_sets_further_in_stays_the_writers(mail) -> None:
    inner = "<blockquote style='margin: 0 0 0 40px; border: none'>The key is out.</blockquote>"
    assert "key is out" in mail(f"{HEADERS}{HTML}<div>Inside.</div>{inner}")["m.eml"].text


def test_headers_put_above_a_quote_say_whose_it_is() -> None:
    block = "-----Original Message-----\nFrom: Rob\nSent: 9 March 2025\nTo: Tess\nSubject: Key\n"
    earlier = block.replace("Rob", "Ann")
    own, quoted = own_and_quoted(f"Inside.\n\n{block}\nOut.\n\n{earlier}\nWhere?")
    assert own == "Inside."
    assert [(item.writer, item.date, item.text) for item in quoted] == [
        ("Rob", "2025-03-09", "Out."),
        ("Ann", "2025-03-09", "Where?"),
    ]


def test_answers_between_quoted_lines_stay_the_writers() -> None:
    own, quoted = own_and_quoted("Rob wrote:\n> Where is it?\nInside.\n> And the map?\nOut.")
    assert own.split() == ["Inside.", "Out."]
    assert quoted[0].text == "Where is it?\n\nAnd the map?"


def test_quotes_within_quotes_are_told_apart() -> None:
    text = "A.\n\nOn 9 Mar 2025, Rob wrote:\n> B.\n> On 8 Mar 2025, Tess wrote:\n> > C."
    _, quoted = own_and_quoted(text)
    assert [(item.writer, item.date, item.text) for item in quoted] == [
        ("Rob", "2025-03-09", "B."),
        ("Tess", "2025-03-08", "C."),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Am 9. März 2025 um 09:14 schrieb Rob Finch <rob@quay.example>:",
        "Le dim. 9 mars 2025 à 09:14, Rob Finch <rob@quay.example> a écrit :",
        "El 9 mar 2025, a las 09:14, Rob Finch <rob@quay.example> escribió:",
        "On Sun, 9 Mar 2025 at 09:14, Rob Finch\n<rob@quay.example> wrote:",
    ],
)
def test_the_writer_is_read_in_other_languages_and_over_two_lines(label: str) -> None:
    own, quoted = own_and_quoted(f"Words.\n\n{label}\n> More.")
    assert (own, quoted[0].writer) == ("Words.", "Rob Finch <rob@quay.example>")


def test_headers_are_read_in_the_set_their_bytes_are_in(mail) -> None:
    text = HEADERS.replace("Re: Key", "=?iso-8859-1?Q?=8010=9612?= café") + PLAIN + "A."
    assert mail(text)["m.eml"].title == "€10–12 café"


def test_a_date_in_the_form_of_iso_8601_is_read(mail) -> None:
    text = HEADERS.replace("Mon, 10 Mar 2025 18:00:00 +0000", "2025-03-10T18:00:00Z") + PLAIN + "A."
    assert mail(text)["m.eml"].date == "2025-03-10"


def test_every_message_of_a_mailbox_is_a_document(mail) -> None:
    line = "From tess@quay.example Mon Mar 10 18:00:00 2025\n"
    found = mail(f"{line}{HEADERS}{PLAIN}One.\n\n{line}{HEADERS}{PLAIN}Two.\n")
    assert [document.text[-4:] for document in found.values()] == ["One.", "Two."]


def test_quotes_take_time_by_their_length() -> None:
    for text in ("\n> a" * 50_000, "> " * 50_000, "a wrote:\n> b\n" * 20_000, "From: a\n" * 50_000):
        own_and_quoted(text)


@pytest.mark.parametrize(
    "above",
    [
        "-----Ursprüngliche Nachricht-----\nVon: Rob Finch <r@quay.example>\n"
        "Gesendet: Montag, 3. Mai 2021 10:12\nAn: Tess\nBetreff: Key\n\n",
        'Gesendet: Montag, 03. Mai 2021 um 10:12 Uhr\nVon: "Rob Finch" <r@quay.example>\n'
        "An: tess@quay.example\nBetreff: Key\n\n",
        "De : Rob Finch\nEnvoyé : lundi 3 mai 2021 10:12\nÀ : Tess\nObjet : Clé\n\n",
        "Da: Rob Finch\nInviato: lunedì 3 maggio 2021 10:12\nA: Tess\nOggetto: Chiave\n\n",
        "De: Rob Finch\nEnviado el: lunes, 3 de mayo de 2021 10:12\nAsunto: Llave\n\n",
        "-------- Forwarded Message --------\nSubject: Key\nDate: Mon, 3 May 2021 10:12:01 +0100\n"
        "From: Rob Finch <r@quay.example>\nTo: Tess\n\n",
        "---------- Weitergeleitete Nachricht ---------\nVon: Rob Finch <r@quay.example>\n"
        "Datum: Mo., 3. Mai 2021 um 10:12 Uhr\nBetreff: Key\nAn: Tess\n\n",
        "Am 03.05.2021 um 10:12 schrieb Rob Finch:\n> ",
        "Am Montag, 3. Mai 2021, 10:12:01 MESZ hat Rob Finch <r@quay.example> geschrieben:\n\n",
        "Le lun. 3 mai 2021 à 10:12, Rob Finch <r@quay.example> a écrit :\n\n> ",
        "El lun, 3 may 2021 a las 10:12, Rob Finch (<r@quay.example>) escribió:\n\n> ",
        "Rob Finch/Quay wrote on 3 May 2021 10:12:01:\n\n> ",
        "* Rob Finch <r@quay.example> [2021-05-03 10:12:01 +0100]:\n\n> ",
        "Begin forwarded message:\n\n> From: Rob Finch <r@quay.example>\n> Subject: Key\n"
        "> Date: 3 May 2021 at 10:12:01 BST\n> To: Tess\n> \n> ",
    ],
)
def test_what_programs_of_many_makes_quote_is_its_writers_of_its_day(mail, above: str) -> None:
    found = mail(f"{HEADERS}{PLAIN}The key hangs here.\n\n{above}The heating stays on.\n")
    assert found.pop("m.eml").text.endswith("Subject: Re: Key\n\nThe key hangs here.")
    (quoted,) = found.values()
    assert quoted.date == "2021-05-03"
    assert "Rob Finch" in quoted.metadata["author"]


def test_a_plain_part_that_says_something_else_than_the_page_is_a_stub(mail) -> None:
    stub = f"{PLAIN}Ihr Programm kann diese Nachricht nicht anzeigen."
    found = mail(multipart("alternative", stub, f"{HTML}<p>Das Ventil leckt seit Montag.</p>"))
    assert found["m.eml"].text.endswith("Das Ventil leckt seit Montag.")


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Mo, 3 Mai 2021 10:12:00 +0200", "2021-05-03"),
        ("20210503T101200Z", "2021-05-03"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
    ],
)
def test_the_day_of_a_header_in_other_forms(mail, stated: str, day: str | None) -> None:
    found = mail(f"From: Ann\nSubject: Key\nDate: {stated}\n\nThe key hangs here.")
    assert found["m.eml"].date == day


@pytest.mark.parametrize(
    "above",
    [
        "MEMORANDUM\n\nTo: All staff\nFrom: Ann Lee\nDate: 3 May 2021\nSubject: Key\n\n",
        "Internal memo\nFrom: Ann Lee, a@quay.example\nDate: 3 May 2021, 10:30\nSubject: Key\n\n",
        "Please fill in:\n\nFrom: (name)\nDate: (day)\nSubject: (what about)\n\n",
        "Hall A:\n\nDate: 3 May 2021\nFrom: 10:00\nTo: 12:00\nSubject: Rowing\n\n",
    ],
)
def test_headers_of_a_memo_or_a_form_are_the_writers_own(mail, above: str) -> None:
    found = mail(f"{HEADERS}{PLAIN}{above}The key hangs here.\n")
    assert list(found) == ["m.eml"]
    assert found["m.eml"].text.endswith("The key hangs here.")


def test_a_reply_quotes_what_has_no_more_than_a_name_and_a_day(mail) -> None:
    block = "From: Rob Finch\nDate: 3 May 2021\nTo: Tess\nSubject: Key\n\n"
    found = mail(f"{HEADERS}{PLAIN}Here.\n\n{block}Where is the key?\n")
    assert found["m.eml/quoted 2021-05-03 Rob Finch.eml"].text.endswith("Where is the key?")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_message_saved_in_wide_signs_is_read(mail, encoding: str) -> None:
    found = mail(f"{HEADERS}{PLAIN}The fee – £12 – is due.".encode(encoding))
    assert list(found) == ["m.eml"]
    assert found["m.eml"].text.endswith("The fee – £12 – is due.")


def test_only_the_body_of_a_message_may_be_in_wide_signs(mail) -> None:
    headers = f"{HEADERS}{PLAIN.replace('utf-8', 'utf-16le')}".encode()
    found = mail(headers + "The fee – £12 – is due.".encode("utf-16-le"))
    assert found["m.eml"].text.endswith("The fee – £12 – is due.")


@pytest.mark.parametrize(("delsp", "text"), [("yes", "a quarter."), ("no", "a quar ter.")])
def test_lines_that_a_mail_program_broke_are_joined_again(read, delsp: str, text: str) -> None:
    head = f"Subject: Rent\nContent-Type: text/plain; format=flowed; delsp={delsp}\n\n"
    body = "The rent is £12 \na quar \nter.\n From here on.\n-- \nAnn Rye\n"
    said = read("a.eml", head + body).text
    assert text in said
    assert "\nFrom here on." in said
    assert "--\nAnn Rye" in said
