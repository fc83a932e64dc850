"""A title, an introduction, a logo, colours and questions of the operator's own."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fake_answer_service import QUESTION, FakeAnswerService

from qa_service.colours import DARK, LEAST_CONTRAST, LIGHT, accents, contrast
from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web import create_app

COLOURS = ("#ffcc00", "#0f5c63", "#ffffff", "#000000", "#808080", "#d4351c")
ADDRESSES = (
    "/",
    f"/?q={QUESTION}",
    "/documents",
    "/documents/hillside-2023",
    "/pinboard",
    "/nowhere",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def client(tmp_path: Path):
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG, encoding="utf-8")
    settings = Settings(
        index_dir=tmp_path / "index",
        title="Hill <Archive>",
        introduction="Minutes since 1890.",
        logo=str(logo),
        accent="#ffcc00",
        examples="Who chaired it?|When did it close?",
    )
    return create_app(settings, FakeAnswerService()).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_bears_the_title_and_the_logo(client, address):
    page = client.get(address).text
    assert "Hill &lt;Archive&gt;</title>" in page
    assert '<img src="/logo" alt=""' in page
    assert "Ask the documents" not in page


def test_the_first_page_has_the_introduction_and_the_questions(client):
    page = client.get("/").text
    assert "<p>Minutes since 1890.</p>" in page
    assert re.findall(r'name="q" value="([^"]+)"', page) == [
        "Who chaired it?",
        "When did it close?",
    ]


def test_nothing_in_a_logo_runs(client):
    with client.get("/logo") as served:
        assert (served.mimetype, served.text) == ("image/svg+xml", SVG)
        assert "sandbox" in served.headers["Content-Security-Policy"]


def test_without_settings_there_are_neither_colours_nor_a_logo(tmp_path):
    plain = create_app(Settings(index_dir=tmp_path), FakeAnswerService()).test_client()
    assert [plain.get(address).status_code for address in ("/looks.css", "/logo")] == [404, 404]
    assert "looks.css" not in plain.get("/").text


def test_colours_come_as_a_style_sheet_for_light_and_dark(client):
    style = client.get("/looks.css")
    assert style.mimetype == "text/css"
    assert len(re.findall(r"--accent: #[0-9a-f]{6};", style.text)) == 2
    assert "prefers-color-scheme: dark" in style.text


@pytest.mark.parametrize(
    "colour", ["#ffcc00", "#0f5c63", "#ffffff", "#000000", "#808080", "#d4351c"]
)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_whatever_the_colour_its_words_can_be_read(colour, scheme):
    made = accents(colour, scheme)
    assert contrast(made["accent"], scheme.paper) >= LEAST_CONTRAST
    assert contrast(made["accent"], made["accent-soft"]) >= LEAST_CONTRAST
    assert contrast(made["accent-ink"], made["accent"]) >= LEAST_CONTRAST


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert accents("#0f5c63", LIGHT)["accent"] == "#0f5c63"
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("name", "value"), [("accent", "teal"), ("logo", "logo.exe")])
def test_a_look_that_cannot_be_is_an_error_that_names_the_setting(name, value):
    with pytest.raises(SettingsError, match=f"^{name} is"):
        replace(Settings(), **{name: value})
