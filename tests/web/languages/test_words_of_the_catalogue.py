"""The catalogue of words: nothing that the page says is missing in it, or without translation."""

import re
import runpy
from pathlib import Path

import pytest

from qa_service.translation import catalogue
from qa_service.translation.languages import DEFAULT, LANGUAGES

ROOT = Path(__file__).parents[3]
WEB = ROOT / "qa_service" / "web"
OTHERS = sorted(LANGUAGES.keys() - {DEFAULT})
PLACE = re.compile(r"%\(\w+\)s")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
UNREAD = re.compile(r"<(style|script|code|kbd|svg)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL)
LABEL = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-slow|data-label)="([^"]*)"')
TAG = re.compile(r"<[^>]*>")
TRANSLATED = re.compile(r'\b(?:_|ngettext)\(\s*"[^"]*"(?:,\s*"[^"]*")?')
TEXT_OF_SCRIPTS = re.compile(r"""(["`])([A-Z“][^"`\n]*? [^"`\n]*)\1""")
LAYOUT = re.compile(r"\{% block layout %\}.*?\{% endblock %\}")
"""Names of classes."""
WORD = re.compile(r"[A-Za-z]{2,}")
NOT_OF_THE_PAGE = {"embed.js"}
"""Runs on the pages of others, in whose language the operator words its button."""


@pytest.fixture(scope="module")
def translating():
    return runpy.run_path(str(ROOT / "scripts" / "translate"))


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_holds_the_words_of_the_code_and_no_others(translating, code):
    wanted = {message.id for message in translating["extracted"]()}
    assert {message.id for message in catalogue.catalogue_of(code)} == wanted


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(translating, code):
    assert translating["untranslated"](catalogue.catalogue_of(code)) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_places_of_its_text(code):
    for message in catalogue.catalogue_of(code):
        texts = zip(parts(message.id), parts(message.string), strict=True) if message.id else ()
        for text, translation in texts:
            assert set(PLACE.findall(text)) == set(PLACE.findall(translation))
            assert '"' not in translation  # it stands in attributes too


def parts(text):
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_a_template_says_nothing_past_the_catalogue(path):
    text = JINJA.sub("\0", LAYOUT.sub("", path.read_text("utf-8")))
    said = [*LABEL.findall(text), *TAG.split(UNREAD.sub(" ", text))]
    assert [words for words in said if WORD.search(words)] == []


@pytest.mark.parametrize("path", sorted((WEB / "static").glob("*.js")), ids=lambda p: p.name)
def test_a_script_says_nothing_past_the_catalogue(path):
    code = re.sub(r"^\s*(//|/?\*).*|^ {4}[a-z].*\*/$", "", path.read_text("utf-8"), flags=re.M)
    said = [found[1] for found in TEXT_OF_SCRIPTS.findall(TRANSLATED.sub("", code))]
    assert path.name in NOT_OF_THE_PAGE or said == []


@pytest.mark.parametrize("path", sorted((WEB / "static").glob("*.css")), ids=lambda p: p.name)
def test_a_style_says_nothing(path):
    shown = re.findall(r'content: "([^"]*)"', path.read_text("utf-8"))
    assert [words for words in shown if WORD.search(words)] == []
