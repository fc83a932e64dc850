"""`build` and `builds`: exit statuses and plain messages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from outcomes import assert_plain_failure

from qa_service.indexing.keeping.build_folders import kept_builds
from qa_service.indexing.keeping.manifest import current_build


@pytest.mark.usefixtures("corpus_dir")
def test_build_says_what_it_built(run) -> None:
    outcome = run("build")
    assert outcome.status == 0
    assert "2 documents, 2 passages (2 encoded, 0 reused), 0 files not read" in outcome.out
    assert "reading and encoding: 2 done" in outcome.err


def test_build_says_how_long_each_stage_of_reading_took(run, corpus_dir) -> None:
    assert re.search(r"Reading took \d+\.\d s: .*language \d+\.\d", run("build").out)
    assert "Reading took" not in run("build").out
    (corpus_dir / "new.txt").write_text("A third page.", encoding="utf-8")
    told = json.loads(run("build", "--json").out.splitlines()[-1])
    assert told["reading_seconds"]["language"] >= 0


def test_a_second_build_reuses_and_a_full_one_does_not(built) -> None:
    assert "(0 encoded, 2 reused)" in built("build").out
    assert "(2 encoded, 0 reused)" in built("build", "--full").out


def test_if_missing_builds_only_where_there_is_no_index(run, corpus_dir) -> None:
    assert "2 documents" in run("build", "--if-missing").out
    (corpus_dir / "new.txt").write_text("A third page.", encoding="utf-8")
    assert run("build", "--if-missing") == (0, "", "")
    assert "3 documents" in run("build").out


def test_a_build_that_could_not_read_a_file_names_it_and_ends_with_3(run, corpus_dir) -> None:
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-no")
    outcome = run("build")
    assert outcome.status == 3
    assert "not read: broken.pdf: " in outcome.err
    assert "1 files not read" in outcome.out


def test_an_empty_corpus_is_a_failure_that_names_what_to_put_there(run, tmp_path) -> None:
    (tmp_path / "corpus").mkdir()
    assert_plain_failure(run("build"), "corpus", ".docx")


def test_a_missing_corpus_is_a_failure_that_names_the_flag(run) -> None:
    assert_plain_failure(run("build", "--corpus", "nowhere"), "nowhere", "--corpus")


def test_a_corpus_of_unreadable_files_leaves_the_old_build_in_use(built, corpus_dir) -> None:
    old = current_build(Path("index"))
    for path in corpus_dir.iterdir():
        path.unlink()
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-no")
    assert_plain_failure(built("build"), "broken.pdf")
    assert current_build(Path("index")) == old


def test_an_emptied_corpus_is_followed_when_somebody_says_so(built, corpus_dir) -> None:
    old = current_build(Path("index"))
    for path in corpus_dir.iterdir():
        path.unlink()
    assert_plain_failure(built("build"), "holds no documents", "qa-service build --empty")
    assert current_build(Path("index")) == old
    assert built("build", "--empty", "--forget").status == 0
    assert not old.exists()
    assert built("documents").out == "No documents.\n"
    assert built("builds").out.rstrip().endswith("no documents")
    assert built("ask", "Who runs the library?").status == 4
    assert built("check").status == 0


@pytest.mark.usefixtures("corpus_dir")
def test_an_index_folder_that_is_a_file_is_a_plain_failure(run, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert_plain_failure(run("build", "--index", "file"), "--index")


def test_an_index_inside_the_corpus_is_refused(run, corpus_dir) -> None:
    inside = str(corpus_dir / "index")
    assert_plain_failure(run("build", "--index", inside), "inside the corpus", "--index")


def test_folders_may_be_named_collections(run, corpus_dir) -> None:
    assert "2 documents" in run("build", "--collection", f"reports={corpus_dir}").out
    assert "(reports/library.txt)" in run("documents").out
    assert_plain_failure(run("build", "--collection", "reports"), "NAME=FOLDER")


@pytest.mark.usefixtures("corpus_dir")
def test_a_watched_corpus_is_built_again_when_it_changes(run, corpus_dir, monkeypatch) -> None:
    def changes(_: object) -> Iterator[None]:
        (corpus_dir / "new.txt").write_text("The ferry leaves at ten.", encoding="utf-8")
        yield
        for path in corpus_dir.iterdir():
            path.unlink()
        yield

    monkeypatch.setattr("qa_service.indexing.building.watching.changes", changes)
    outcome = run("build", "--watch")
    assert "2 documents" in outcome.out
    assert "3 documents" in outcome.out
    assert "holds no documents" in outcome.err
    assert "3 documents" not in run("check").out


def test_a_build_tells_programs_how_far_it_is_and_what_came_of_it(run, corpus_dir) -> None:
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    outcome = run("build", "--json")
    told = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.status == 3
    assert told[0] == {"stage": "reading and encoding", "done": 0, "total": 3}
    assert (told[-1]["documents"], told[-1]["skipped"][0]["source"]) == (2, "broken.pdf")


def test_programs_and_people_are_told_what_was_left_out(run, corpus_dir) -> None:
    (corpus_dir / "notes.md").write_text("~~Old words~~ The quay is open.")
    told = json.loads(run("build", "--json").out.splitlines()[-1])
    warning = "struck-out text was not read: 2 words"
    assert told["warnings"] == [{"source": "notes.md", "warning": warning}]
    assert f"warning: notes.md: {warning}" in run("build").err
    assert f"warning: {warning}" in run("documents").out


def test_uploaded_files_are_read_by_the_command_too(run, corpus_dir, tmp_path) -> None:
    uploads = tmp_path / "index" / "uploads"
    uploads.mkdir(parents=True)
    (uploads / "harbour.txt").write_text("The harbour school has twelve boats.")
    assert run("build", "--corpus", str(corpus_dir)).status == 0
    assert "uploads/harbour.txt" in run("documents").out


def test_builds_are_listed_and_gone_back_to(built, corpus_dir) -> None:
    first = current_build(Path("index")).name
    (corpus_dir / "harbour.txt").write_text("The harbour school has twelve boats.")
    built("build")
    listed = built("builds").out.splitlines()
    assert [line[:2] for line in listed] == ["* ", "  "]
    used = json.loads(built("builds", "--use", first, "--json").out)
    assert [(item["build"] == first, item["in_use"]) for item in used][-1] == (True, True)
    assert current_build(Path("index")).name == first


def test_a_build_that_is_not_kept_is_told_plainly(built) -> None:
    assert_plain_failure(built("builds", "--use", "20200101T000000Z-abcdef"), "keep_builds")


def test_forgetting_keeps_no_earlier_build(built, tmp_path) -> None:
    built("build")
    index = tmp_path / "index"
    assert len(kept_builds(index)) == 2
    assert built("build", "--forget").status == 0
    assert kept_builds(index) == [current_build(index)]
