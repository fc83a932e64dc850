"""A document that has not changed is copied from the build in use, to the same effect."""

from __future__ import annotations

from dataclasses import replace

import no_children
import pytest
from fakes import FakeEmbedder, built_index, make_document

from qa_service.indexing.building import reuse as unchanged
from qa_service.indexing.engine.store_walk import all_passages

NEW = make_document("A new harbour was opened. It is deep.", "a-new-one")


@pytest.fixture
def split(monkeypatch) -> list[str]:
    """Ids of the documents that were split."""
    ids: list[str] = []

    def split_document(document, *rest):
        ids.append(document.id)
        return split_really(document, *rest)

    split_really = no_children.split_document
    monkeypatch.setattr(no_children, "split_document", split_document)
    return ids


def contents(opened) -> list[object]:
    """All that a build holds of its passages."""
    rows = range(opened.info.passages)
    passages = list(all_passages(opened.store))
    return [
        passages,
        opened.store.sentences(rows),
        opened.vectors.sentences[:].tolist(),
        opened.vectors.passages[:].tolist(),
        [opened.store.document(item.id) for item in opened.catalogue],
    ]


def test_only_what_is_new_or_changed_is_split(index_dir, reports, split) -> None:
    built_index(reports, index_dir)
    split.clear()
    changed = replace(reports[1], text=reports[1].text + " It is near.")
    report = built_index([NEW, reports[0], changed, reports[2]], index_dir)
    assert split == ["a-new-one", "harbour"]
    assert report.reused == report.manifest.passages - report.encoded


def test_what_is_copied_is_what_would_be_made(index_dir, reports, open_build, tmp_path) -> None:
    built_index(reports, index_dir)
    documents = [NEW, *reports[::-1]]
    built_index(documents, index_dir)
    built_index(documents, tmp_path / "anew")
    assert contents(open_build(index_dir)) == contents(open_build(tmp_path / "anew"))


def test_another_title_or_model_is_a_change(index_dir, reports, split) -> None:
    built_index(reports[:1], index_dir)
    built_index([replace(reports[0], title="Another")], index_dir)
    built_index([replace(reports[0], title="Another")], index_dir, FakeEmbedder("another"))
    assert split == ["borders"] * 3


def test_documents_are_split_anew_where_the_code_that_splits_is_new(
    index_dir, reports, split, monkeypatch
) -> None:
    built_index(reports[:1], index_dir)
    monkeypatch.setattr(unchanged, "splitting_fingerprint", lambda: "new")
    built_index(reports[:1], index_dir)
    assert split == ["borders"] * 2


def test_the_fingerprint_is_of_the_code(monkeypatch, tmp_path) -> None:
    before = unchanged.splitting_fingerprint()
    edited = tmp_path / "terms.py"
    edited.write_text("edited", encoding="utf-8")
    monkeypatch.setattr(unchanged.terms, "__file__", str(edited))
    unchanged.splitting_fingerprint.cache_clear()
    assert unchanged.splitting_fingerprint() != before
    monkeypatch.undo()
    unchanged.splitting_fingerprint.cache_clear()
    assert unchanged.splitting_fingerprint() == before
