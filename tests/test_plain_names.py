"""Names and words of documents do nothing on their way out."""

from __future__ import annotations

import io

import pytest

from qa_service.plain_names import PlainStream, plain_address, plain_lines, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("report.pdf", "report.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("\x1b]0;owned\x07.md", "]0;owned .md"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("Überblick 2023 – عربي.pdf", "Überblick 2023 – عربي.pdf"),
    ],
)
def test_a_name_is_one_line_that_does_nothing(name, plain) -> None:
    assert plain_name(name) == plain


def test_a_terminal_gets_lines_and_tabs_and_no_command() -> None:
    assert plain_lines("a\tb\nc \x1b[2J\x9b31m\rd") == "a\tb\nc \ufffd[2J\ufffd31m\ufffdd"


def test_an_address_ends_where_it_ends() -> None:
    address = plain_address("/documents/é?start=1&end=2>\n# [x](javascript:alert(1))")
    assert address.isascii()
    assert not set(address) & set('<>\n []"\\')


def test_a_stream_writes_plain_text_and_stays_what_it_is() -> None:
    shown = io.StringIO()
    PlainStream(shown).write("a\x1b[0m\rb\n")
    PlainStream(shown, bars=True).write("\r50%\x07")
    assert shown.getvalue() == "a\ufffd[0m\ufffdb\n\r50%\ufffd"
    assert PlainStream(shown).isatty() is False
