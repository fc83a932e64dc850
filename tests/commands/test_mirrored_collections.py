"""`build`, `check`, `doctor` and `ask` where a collection is an address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from outcomes import assert_plain_failure
from site_server import Answer, Site

from qa_service.commands.building.mirroring import Mirroring
from qa_service.config import Settings
from qa_service.indexing.building.progress import NoProgress
from qa_service.settings_sources import load_settings

WORDS = "Inspectors recommended better quality assurance of case records in Borders."
QUESTION = "What did inspectors recommend about quality assurance?"


@pytest.fixture
def site(monkeypatch) -> Iterator[Site]:
    """A site of one page, named as the collection "web"."""
    found = Site()
    found.page("/borders.html", WORDS)
    found.lists("/borders.html")
    monkeypatch.setenv("QA_COLLECTIONS", f"web={found.address}/sitemap.xml")
    monkeypatch.setenv("QA_SITE_NETWORKS", "127.0.0.1")
    monkeypatch.setenv("QA_SITE_PAUSE", "0")
    monkeypatch.setenv("QA_FETCH_SECONDS", "5")
    yield found
    found.close()


def documents(run) -> list[dict]:
    return json.loads(run("documents", "--json").out)


def test_a_page_is_cited_by_its_address(run, site) -> None:
    outcome = run("build")
    assert (outcome.status, "fetching web: 1" in outcome.err) == (0, True)
    answer = json.loads(run("ask", QUESTION, "--json").out)
    assert [it["address"] for it in answer["citations"]] == [f"{site.address}/borders.html"]
    assert answer["citations"][0]["quote"] in WORDS


def test_a_page_that_leaves_its_site_leaves_the_documents(run, site) -> None:
    run("build")
    site.page("/leeds.html", "Leeds was inspected.")
    site.lists("/leeds.html")
    run("build")
    (document,) = documents(run)
    assert document["metadata"]["address"] == f"{site.address}/leeds.html"


def test_a_site_that_is_away_is_told_and_its_documents_stay(run, site) -> None:
    run("build")
    site.answers["/sitemap.xml"] = Answer(status=500)
    outcome = run("build")
    assert outcome.status == 3
    assert f"not read: web: {site.address}/sitemap.xml cannot be mirrored: " in outcome.err
    assert len(documents(run)) == 1
    check = run("check")
    assert (check.status, "cannot be mirrored" in check.out) == (1, True)


def test_a_site_that_never_answered_is_a_plain_failure(run, site) -> None:
    site.answers["/sitemap.xml"] = Answer(status=500)
    assert_plain_failure(run("build"), "web: ", "its server answers 500")


def test_check_says_what_was_never_fetched(run, site, monkeypatch) -> None:
    run("build")
    monkeypatch.setenv("QA_COLLECTIONS", f"web={site.address}/sitemap.xml;more={site.address}/")
    assert f"more ({site.address}/) was not fetched yet; run: qa-service build" in run("check").out


def test_doctor_says_whether_addresses_can_be_listed(run, site) -> None:
    assert f"ok      address: web: 1 files or pages at {site.address}" in run("doctor").out
    site.answers["/sitemap.xml"] = Answer(status=500)
    assert "missing address: web: " in run("doctor").out


def test_doctor_names_the_extra_of_a_driver(run, monkeypatch) -> None:
    monkeypatch.setenv("QA_COLLECTIONS", "box=az://council/reports")
    assert "run: pip install 'qa-service[azure]'" in run("doctor").out


@pytest.mark.usefixtures("site")
def test_forgetting_removes_mirrors_that_the_settings_no_longer_name(
    run, corpus_dir, monkeypatch
) -> None:
    run("build")
    assert Path("index/mirrors/web").is_dir()
    monkeypatch.delenv("QA_COLLECTIONS")
    run("build", "--corpus", str(corpus_dir), "--forget")
    assert not Path("index/mirrors/web").exists()


def test_a_build_that_watches_looks_again_when_it_is_due(site, monkeypatch, tmp_path) -> None:
    settings: Settings = load_settings({"index_dir": tmp_path / "index"})
    mirror = Mirroring(settings, NoProgress())
    ((_, folder),) = mirror.folders()
    before = len(site.asked)
    mirror.folders()
    assert (len(site.asked), len(list(folder.glob("*.html")))) == (before, 1)
    monkeypatch.setattr("qa_service.commands.building.mirroring.time.monotonic", lambda: 1e9)
    mirror.folders()
    assert len(site.asked) > before
