"""reStructuredText: what a reader is shown is text, the rest is told."""

from __future__ import annotations

import pytest

NOTE = "Mill\n====\n\n.. note:: The gate is shut.\n\nThe mill is open.\n"


def test_the_words_of_a_note_are_text(read) -> None:
    assert read("a.rst", NOTE).text == "Mill\n\nThe gate is shut.\n\nThe mill is open."


@pytest.mark.parametrize("first", ["", " :class: red\n"])
def test_what_stands_below_a_directive_is_text_without_its_options(read, first: str) -> None:
    source = f"Mill\n====\n\n.. warning::\n  {first}\n   The weir is deep.\n\nRow on.\n"
    assert read("a.rst", source).text == "Mill\n\nThe weir is deep.\n\nRow on."


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (".. image:: mill.png\n   :alt: The mill", 'left out as directive image: "mill.png"'),
        (".. toctree::\n   :maxdepth: 2\n\n   intro", 'left out as directive toctree: "intro"'),
        (".. Ask Ann first.", 'left out as comment: "Ask Ann first"'),
    ],
)
def test_what_is_not_shown_is_told(read, part: str, told: str) -> None:
    document = read("a.rst", f"{NOTE}\n{part}\n\nRow on.\n")
    assert document.text.endswith("The mill is open.\n\nRow on.")
    assert document.extraction.warnings == (told,)


def test_roles_and_targets_give_way_to_their_words(read) -> None:
    source = (
        NOTE + "\n.. _mill:\n\nSee :ref:`the mill <mill>`, ``gate`` and `Ann <a@b.example>`_.\n"
    )
    assert read("a.rst", source).text.endswith("See the mill, gate and Ann.")


def test_a_text_without_directives_keeps_its_signs(read) -> None:
    assert read("a.txt", "Write `x` or 2 * 3 * 4 here.").text == "Write `x` or 2 * 3 * 4 here."


def test_footnotes_and_raised_figures_are_text(read) -> None:
    source = NOTE + "\nThe fee is £320\\ :sup:`1` a day. [2]_\n\n.. [2] From May\n   on.\n"
    text = read("a.rst", source).text
    assert text.endswith("The fee is £320¹ a day. [2]\n\n[2] From May on.")
