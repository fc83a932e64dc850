"""Sentences of reports and errors: kept in English, read in the language of the page."""

import ast
import re
from pathlib import Path

import pytest

from qa_service.reading.blocks.losses import page_ranges, pictures_told, words_told
from qa_service.translation.catalogue import speaking
from qa_service.translation.sentences import said, said_of, translated

PACKAGE = Path(__file__).parents[3] / "qa_service"
ROOMS = ("reading", "mirroring", "indexing/keeping", "answering/calibration")
SAYING = {"said", "said_of", "N_", "_", "compile", "debug", "info", "warning", "error"}
FOUR_WORDS = re.compile(r"[a-z]{2,},? (?:a |[a-z]{2,} |\0 ){2,}[a-z]{2,}")
"""As a sentence has them; patterns and SQL do not."""


def german(sentence):
    with speaking("de"):
        return translated(sentence)


def test_a_sentence_is_kept_in_english():
    with speaking("de"):
        assert said("larger than %(most)s bytes; unpack it", most=1204) == (
            "larger than 1,204 bytes; unpack it"
        )
        assert said_of("%(number)s word", "%(number)s words", 1) == "1 word"


def test_it_is_read_in_english_as_it_was_said():
    assert translated("no text: the file is empty") == "no text: the file is empty"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("no text: the file is empty", "kein Text: die Datei ist leer"),
        *zip(
            words_told("hidden text", 1204),
            ["verborgener Text nicht gelesen: 1.204 Wörter"],
            strict=True,
        ),
        *zip(
            pictures_told(["A map of the town"], " on slide 3"),
            ["1 Bild auf Folie 3 nicht gelesen: „A map of the town“"],
            strict=True,
        ),
        (
            "pages 1-4 and 9 not read: text recognition (OCR) found no words in the picture",
            "Seiten 1-4 und 9 nicht gelesen: die Texterkennung (OCR) fand keine Wörter im Bild",
        ),
        (
            "a/b.docx has changed since the build; run: qa-service build",
            "a/b.docx hat sich seit dem Stand geändert; führen Sie aus: qa-service build",
        ),
    ],
)
def test_it_is_translated_with_what_fills_its_places(sentence, words):
    assert german(sentence) == words


def test_what_a_document_says_is_not_translated():
    told = said('the %(kind)s of the pages was not read: "%(text)s"', kind="header", text="page 3")
    assert german(told) == "Kopfzeile der Seiten nicht gelesen: „page 3“"


def test_what_no_text_of_the_catalogue_made_stays():
    assert german("something of another version") == "something of another version"


def test_pages_are_named_in_it():
    assert german(page_ranges([3])) == "Seite 3"
    assert german(page_ranges([1, 2, 3])) == "Seiten 1-3"


@pytest.mark.parametrize(
    "path",
    sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_a_module_of_reports_says_nothing_past_the_catalogue(path):
    tree = ast.parse(path.read_text("utf-8"))
    known = {id(part) for node in ast.walk(tree) if is_kept(node) for part in ast.walk(node)}
    assert [
        text for node in ast.walk(tree) if id(node) not in known for text in said_in(node)
    ] == []


def is_kept(node):
    """Whether what stands in a node is in the catalogue, or read by nobody but programmers."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def said_in(node):
    if isinstance(node, ast.JoinedStr):
        text = "".join(
            part.value if isinstance(part, ast.Constant) else "\0" for part in node.values
        )
    else:
        text = node.value if isinstance(node, ast.Constant) else ""
    return [text] if isinstance(text, str) and FOUR_WORDS.search(text) else []
