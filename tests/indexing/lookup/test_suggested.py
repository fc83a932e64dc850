"""Suggested questions are a part of the build."""

from __future__ import annotations

from qa_service.indexing.lookup.suggested import SuggestedQuestion, open_suggested, save_suggested


def test_what_was_saved_is_opened(tmp_path) -> None:
    questions = (SuggestedQuestion("Où est l’école ?", "school", 0.75),)
    save_suggested(tmp_path / "suggested.json", questions)
    assert open_suggested(tmp_path / "suggested.json") == questions


def test_a_build_without_the_file_suggests_nothing_and_completes_titles(
    opened_with, reports
) -> None:
    opened = opened_with(*reports)
    assert opened.suggested == ()
    assert [item.text for item in opened.completions.complete("bord", 8)] == [
        "Borders joint inspection"
    ]


def test_headings_of_documents_are_completed(opened_with, reports) -> None:
    (found,) = opened_with(*reports).completions.complete("outc", 8)
    assert (found.text, found.kind, found.document_id) == ("Outcomes", "heading", "borders")
