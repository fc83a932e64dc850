"""A long document is shown in portions, each with the ways to the next."""

import pytest

from qa_service.nouns.documents import Document, Page
from qa_service.web.documents.portions import CHARACTERS_SHOWN, PAGES_SHOWN, portion_of
from qa_service.web.serving import answer_service


def long_report(pages):
    """A document of many pages with a word on each."""
    text = "\n".join(f"word{number:06}" for number in range(pages))
    stretches = (Page(number + 1, number * 11, number * 11 + 10) for number in range(pages))
    return Document("long", "a" * 64, "Long", "long.pdf", None, text, pages=tuple(stretches))


@pytest.fixture
def page_of(client, service):
    def get(document, **address):
        service.add(document)
        return client.get("/documents/long", query_string=address).get_data(as_text=True)

    return get


def test_a_page_of_a_hundred_thousand_is_small(page_of):
    page = page_of(long_report(100_000))
    assert len(page) < 500_000
    assert "portion=2" in page
    assert "word000199" in page
    assert "word000200" not in page


def test_the_portion_with_the_cited_place_is_shown(page_of):
    start = 5_000 * 11
    page = page_of(long_report(10_000), start=start, end=start + 10)
    assert 'id="quote"' in page
    assert "Portion 26 of 50" in page


@pytest.mark.parametrize(
    "path",
    ["/documents/long", "/api/citations/verify?document_id=long&start=0&end=9&quote=words+gone"],
)
def test_what_takes_too_long_to_show_or_to_look_for_is_given_up(client, service, monkeypatch, path):
    service.add(long_report(100))
    address = f"{path}{'&' if '?' in path else '?'}version={'b' * 64}"
    assert client.get(address).status_code == 200
    monkeypatch.setattr(answer_service, "DEADLINE_ASIDE", -1.0)
    assert client.get(address).status_code == 503


def test_a_short_document_has_no_portions(page_of):
    assert "Portion" not in page_of(long_report(PAGES_SHOWN))


@pytest.mark.parametrize("text", ["a line\n" * 200_000, "x" * 1_000_000, ""])
def test_the_portions_of_a_text_without_pages_are_the_text(text):
    document = Document("d", "v", "t", "s", None, text)
    count = portion_of(document, None, 0).count
    portions = [portion_of(document, str(number + 1), 0) for number in range(count)]
    assert "".join(text[part.start : part.end] for part in portions) == text
    assert all(part.end - part.start <= CHARACTERS_SHOWN + 5_000 for part in portions)
    for offset in range(0, len(text), 99_999):
        assert (
            portion_of(document, None, offset).start
            <= offset
            < portion_of(document, None, offset).end
        )
