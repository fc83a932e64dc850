"""The words of an earlier version, from the builds that are kept."""

from dataclasses import replace

from fakes import built_index, make_document

from qa_service.indexing.building.history import cited_words

OLD = make_document("The library opens at nine.", "library")
NEW = make_document("From May on the library opens at ten.", "library")


def test_a_kept_build_tells_what_was_cited(index_dir):
    built_index([OLD], index_dir)
    built_index([NEW], index_dir)
    assert cited_words(index_dir, "library", OLD.version, (4, 11)) == "library"
    assert cited_words(index_dir, "library", NEW.version, (0, 8)) == "From May"


def test_what_no_kept_build_holds_is_not_known(index_dir):
    assert cited_words(index_dir, "library", OLD.version, (4, 11)) == ""
    built_index([replace(NEW, id="other")], index_dir)
    assert cited_words(index_dir, "library", OLD.version, (4, 11)) == ""


def test_a_damaged_build_is_passed_over(index_dir):
    built_index([OLD], index_dir)
    built_index([NEW], index_dir)
    for store in index_dir.glob("*/passages.sqlite"):
        store.write_bytes(b"no database")
    assert cited_words(index_dir, "library", OLD.version, (4, 11)) == ""


def test_what_was_another_groups_then_is_told_to_nobody_else_now(index_dir):
    built_index([replace(OLD, metadata={"access": "board"})], index_dir)
    built_index([NEW], index_dir)
    for groups, words in ((frozenset(), ""), (frozenset({"board"}), "library"), (None, "library")):
        assert cited_words(index_dir, "library", OLD.version, (4, 11), groups) == words
