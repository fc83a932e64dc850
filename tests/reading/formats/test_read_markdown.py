"""Markdown: front matter, and a body rendered to readable text."""

from __future__ import annotations

import pytest


def test_front_matter_becomes_title_date_and_metadata(read) -> None:
    document = read(
        "a.md",
        "---\ntitle: Harbour schools\ndate: 2023-05-24\npublisher: The Borough\n"
        "keywords: [reading, schools]\nurl: https://example.org/a\n---\nWords.",
    )
    assert (document.title, document.date) == ("Harbour schools", "2023-05-24")
    assert document.metadata == {
        "format": "markdown",
        "publisher": "The Borough",
        "keywords": "reading, schools",
        "address": "https://example.org/a",
        "date_source": "front matter",
    }


@pytest.mark.parametrize("date", ["2016", "2016-02", "2016-02-03"])
def test_front_matter_may_know_less_than_the_day(read, date: str) -> None:
    assert read("a.md", f"---\ndate: {date}\n---\nWords.").date == date


def test_broken_front_matter_does_not_lose_the_document(read) -> None:
    document = read("a.md", "---\ntitle: 'unclosed\n---\n# Harbour\n\nWords.")
    assert document.text == "title: 'unclosed\n\nHarbour\n\nWords."
    assert "not YAML" in document.extraction.warnings[0]


def test_front_matter_with_a_colon_in_a_value_is_read_line_by_line(read) -> None:
    document = read("a.md", "---\ntitle: Re: the barn\ndate: 2024-02-09\n---\nWords.")
    assert (document.title, document.date, document.text) == (
        "Re: the barn",
        "2024-02-09",
        "Words.",
    )
    assert "line by line" in document.extraction.warnings[0]


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("title: Fees: 2021: new", "Fees: 2021: new"),
        ("title: @quay rules", "@quay rules"),
        ('title: Quay: "the rules"', 'Quay: "the rules"'),
        ("title: 'It's: fine'", "It's: fine"),
        ("title: Rules [new]: part 2", "Rules [new]: part 2"),
        ("title: >\n  Rules\n  and fees\nnote: a: b", "Rules and fees"),
        ("title: Rules\n  and: fees", "Rules and: fees"),
        ("title: Rules: fees\nevent:\n  date: 2019-01-01", "Rules: fees"),
    ],
)
def test_values_that_yaml_takes_for_no_text_are_read(read, declared: str, title: str) -> None:
    document = read("a.md", f"---\n{declared}\ndate: 2021-05-03\n---\nWords.")
    assert (document.title, document.date, document.text) == (title, "2021-05-03", "Words.")


def test_front_matter_in_toml_may_lack_quotation_marks(read) -> None:
    document = read("a.md", "+++\ntitle = Quay: rules\ndate = 2021-05-03\n+++\nWords.")
    assert (document.title, document.date, document.text) == ("Quay: rules", "2021-05-03", "Words.")


def test_labels_with_values_stay_lines(read) -> None:
    text = "Our ref: AB/12\n**Date:** 3 May 2021\n\nBoats lie here\nfor a night."
    document = read("a.md", text)
    assert document.text == "Our ref: AB/12\nDate: 3 May 2021\n\nBoats lie here for a night."
    assert document.date == "2021-05-03"


def test_a_file_of_markdown_may_begin_with_a_link(read) -> None:
    assert read("a.md", "[Rules](x) of *the* quay.").text == "Rules of the quay."


def test_front_matter_may_be_toml(read) -> None:
    document = read("a.md", '+++\ntitle = "Barn"\ndate = 2023-11-30\n+++\n\nWords.')
    assert (document.title, document.date, document.text) == ("Barn", "2023-11-30", "Words.")


def test_the_day_of_the_next_review_is_not_the_documents(read) -> None:
    assert read("a.md", "---\nnext_review: 2026-01-01\ntitle: Rules\n---\nWords.").date is None


def test_prose_between_two_rules_is_text(read) -> None:
    document = read("a.md", "---\nThe budget rose to 5 million.\n---\n\nThe body follows.")
    assert document.text == "The budget rose to 5 million.\n\nThe body follows."
    assert document.headings == ()
    assert document.metadata == {"format": "markdown", "title_source": "file name"}


def test_prose_that_yaml_cannot_read_is_text_without_a_warning(read) -> None:
    document = read("a.md", "---\n* Schools: good\n---\n\nThe body follows.")
    assert document.text == "• Schools: good\n\nThe body follows."
    assert not document.extraction.warnings


def test_marks_of_emphasis_links_and_comments_are_dropped(read) -> None:
    source = "The **report** is [here](https://example.org), *now*.<!-- draft -->\n\n<!-- note -->"
    assert read("a.md", source).text == "The report is here, now."


def test_lists_keep_their_numbers_and_depth(read) -> None:
    source = "Findings:\n\n- reading\n  - aloud\n- sums\n\nThen:\n\n3. plan\n4. act"
    expected = "Findings:\n\n• reading\n  • aloud\n• sums\n\nThen:\n\n3. plan\n4. act"
    assert read("a.md", source).text == expected


def test_table_rows_can_be_quoted_alone(read) -> None:
    source = "| School | Grade |\n|---|---|\n| North | Good |\n| South | |"
    assert read("a.md", source).text == "School | Grade\nSchool: North; Grade: Good\nSchool: South"


def test_code_is_kept_as_it_is(read) -> None:
    assert (
        read("a.md", "Run:\n\n```\nif ready:\n    go()\n```").text == "Run:\n\nif ready:\n    go()"
    )


def test_headings_have_their_levels(read) -> None:
    headings = read("a.md", "# Harbour\n\nWords.\n\n### Grades in *2020*\n\nWords.").headings
    assert [(heading.level, heading.text) for heading in headings] == [
        (1, "Harbour"),
        (3, "Grades in 2020"),
    ]


def test_a_colon_in_a_title_costs_no_list_beside_it(read) -> None:
    matter = (
        "title: Review: the mill\ntags: [grain, water]\nauthors:\n  - Ann Rye\ndate: 3 May 2019"
    )
    document = read("a.md", f"---\n{matter}\n---\n\nThe fee is 320.\n")
    assert (document.title, document.date, document.text) == (
        *("Review: the mill", "2019-05-03"),
        "The fee is 320.",
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nurl: '{}'\n---\nThe mill is open."),
        ("a.html", '<link rel="canonical" href="{}"><p>The mill is open.</p>'),
    ],
)
def test_an_address_that_acts_when_opened_is_none(read, name, text, address) -> None:
    assert "address" not in read(name, text.format(address)).metadata


def test_footnotes_are_raised_and_kept_with_their_text(read) -> None:
    source = "The fee is £320[^1] a day.[^2]\n\n[^1]: Unaudited.\n[^2]: From May on.\n"
    text = read("a.md", source).text
    assert text.startswith("The fee is £320¹ a day.²\n\n[1] Unaudited.")
    assert "[2] From May on." in text
