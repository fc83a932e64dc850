"""How a Word file breaks into pages."""

from io import BytesIO

import docx
import pytest

from qa_service.web.export.as_word import KEPT_WITH_SOURCE


@pytest.mark.parametrize(("length", "kept"), [(KEPT_WITH_SOURCE - 1, True), (5_000, False)])
def test_a_short_quote_stands_on_the_page_of_its_source_a_long_one_may_begin_before(
    asked, export, length, kept
):
    turn = asked()
    quote = "q" * length
    turn["answer"]["answer"][0]["quote"] = quote
    turn["answer"]["citations"][0]["quote"] = quote
    document = docx.Document(BytesIO(export("docx", turn).data))
    [paragraph] = [one for one in document.paragraphs if one.text == quote]
    assert bool(paragraph.paragraph_format.keep_with_next) is kept
