"""Names of places as they are typed, written as the documents write them."""

from __future__ import annotations

import pytest
from asked_after import NamesOf

from qa_service.understanding.collection_names import names_in_full


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("was lewishams board better", "was lewisham’s board better"),
        ("are leeds schools better", "are leeds schools better"),
        ("are boards better", "are boards better"),
    ],
)
def test_an_apostrophe_that_was_left_out_is_put_in(typed, written) -> None:
    assert names_in_full(typed, NamesOf("Lewisham", "Leeds")) == written
