"""Which titles a person chose, and which a program left behind."""

from __future__ import annotations

import pytest

from qa_service.reading.metadata.titles import is_meaningful_title


@pytest.mark.parametrize(
    "title",
    ["Apple fair", "Words and deeds", "Pages of history", "Sheets of music", "Index of places"],
)
def test_a_title_that_a_person_chose_is_one(title: str) -> None:
    assert is_meaningful_title(title)


@pytest.mark.parametrize(
    "title",
    [
        *("LibreOffice Writer", "Adobe InDesign CS6", "TeX output 2020.01.01", "Crystal Reports"),
        *("~WRL0001", "tmpab12", "3f2a9c1e-1111-2222-3333-444455556666", "C:\\temp\\x"),
        *("Book1", "New Page 1", "Untitled", "Microsoft Word - rules", "rules.tmp", "file:///x"),
    ],
)
def test_the_name_of_a_program_or_temporary_file_is_none(title: str) -> None:
    assert not is_meaningful_title(title)
