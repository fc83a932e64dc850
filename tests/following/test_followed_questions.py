"""What is followed outlives builds, with the documents that each question was asked of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from beside_builds import followed_in
from fakes import make_summary

from qa_service.errors import FollowingError
from qa_service.following.followed_questions import FollowedQuestion

OLD, NEW = make_summary("old"), make_summary("new")


def test_questions_are_kept_in_order_until_they_are_removed(tmp_path: Path) -> None:
    kept = followed_in(tmp_path)
    for text in ("Who?", "When?"):
        kept.put(FollowedQuestion(text))
    kept.put(FollowedQuestion("Who?").having_seen([OLD]))
    assert [question.text for question in kept.all()] == ["Who?", "When?"]
    kept.remove("Who?")
    assert [question.text for question in kept.all()] == ["When?"]


def test_a_question_knows_which_versions_it_was_asked_of(tmp_path: Path) -> None:
    followed_in(tmp_path).put(FollowedQuestion("Who?").having_seen([OLD]))
    [question] = followed_in(tmp_path).all()
    changed = replace(OLD, version="f" * 64)
    assert question.new_among([OLD, NEW, changed]) == (NEW, changed)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    kept = followed_in(tmp_path)
    kept.put(FollowedQuestion("Who?"))
    assert kept._file.place.stat().st_mode & 0o777 == 0o600


def test_a_question_that_is_not_followed_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(FollowingError, match="--list"):
        followed_in(tmp_path).remove("Who?")


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    kept = followed_in(tmp_path)
    kept._file.place.write_text("[{", encoding="utf-8")
    with pytest.raises(FollowingError, match=kept._file.place.name):
        kept.all()
