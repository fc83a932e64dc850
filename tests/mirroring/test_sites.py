"""Web sites: the pages of a sitemap or of a list, fetched politely and followed."""

from __future__ import annotations

import gzip
import time

import pytest
from site_server import Answer

from qa_service.errors import BuildFailed, SettingsError


@pytest.fixture
def mirror(site, mirrored):
    """A mirror of the site that was made once."""
    found = mirrored(f"{site.address}/sitemap.xml")
    assert found.refresh() == []
    return found


def words(mirror) -> list[str]:
    """What the pages of a mirror say, in order."""
    pages = [text for name, text in mirror.held.items() if name.endswith(".html")]
    return sorted(page.partition("<p>")[2].partition("</p>")[0] for page in pages)


def test_the_pages_of_a_sitemap_are_mirrored_each_with_its_address(site, mirror) -> None:
    assert words(mirror) == ["Borders", "Visit"]
    table = mirror.held["metadata.csv"].splitlines()
    assert table[0] == "file,address"
    assert {line.partition(",")[2] for line in table[1:]} == {
        f"{site.address}/borders.html",
        f"{site.address}/2023/visit",
    }


def test_new_changed_and_unlisted_pages_are_followed(site, mirror) -> None:
    site.page("/borders.html", "Borders, once more")
    site.page("/new.html", "New")
    site.lists("/borders.html", "/new.html")
    assert mirror.refresh() == []
    assert words(mirror) == ["Borders, once more", "New"]
    assert "visit" not in mirror.held["metadata.csv"]


def test_a_page_that_its_server_calls_gone_leaves_and_is_told(site, mirror) -> None:
    del site.answers["/2023/visit"]
    assert mirror.refresh() == [f"{site.address}/2023/visit: its server answers 404: it is gone"]
    assert words(mirror) == ["Borders"]


def test_a_page_is_asked_for_only_if_it_has_changed(site, mirrored) -> None:
    site.page("/borders.html", "Borders", ETag='"one"')
    mirror = mirrored(f"{site.address}/sitemap.xml")
    mirror.refresh()
    before = mirror.held
    mirror.refresh()
    asked = zip(site.asked, site.asked_with, strict=True)
    tags = [headers.get("if-none-match") for path, headers in asked if path == "/borders.html"]
    assert tags == [None, '"one"']
    assert mirror.held == before


def test_a_page_whose_sitemap_says_the_same_day_is_not_asked_for_again(site, mirrored) -> None:
    site.lists("/borders.html", changed="2023-05-24")
    mirror = mirrored(f"{site.address}/sitemap.xml")
    mirror.refresh()
    mirror.refresh()
    assert site.asked.count("/borders.html") == 1
    site.lists("/borders.html", changed="2023-05-25")
    mirror.refresh()
    assert site.asked.count("/borders.html") == 2


@pytest.mark.parametrize(
    "broken",
    [
        Answer(status=500),
        Answer(status=404),
        Answer(seconds=5),
        Answer(b'<?xml version="1.0"?><urlset><url><loc>http://127.0.0.1/a</loc></url>'),
        Answer(b"http://127.0.0.1/borders.html\n", length=5_000, kind="text/plain"),
        Answer(b"<html><body>Log in first</body></html>"),
    ],
    ids=["error", "missing", "hanging", "half a sitemap", "half a list", "page"],
)
def test_a_list_that_cannot_be_had_whole_leaves_all_pages(site, mirror, broken) -> None:
    before = mirror.held
    site.answers["/sitemap.xml"] = broken
    (told,) = mirror.refresh(fetch_seconds=1)
    assert told.startswith(f"reports: {site.address}/sitemap.xml cannot be mirrored: ")
    assert mirror.held == before


@pytest.mark.parametrize(
    "broken",
    [Answer(status=503), Answer(b"<p>half", length=5_000), Answer(seconds=5), Answer(status=403)],
    ids=["busy", "broken off", "hanging", "refused"],
)
def test_a_page_that_cannot_be_had_stays_as_it_was(site, mirror, broken) -> None:
    site.answers["/2023/visit"] = broken
    (told,) = mirror.refresh(fetch_seconds=1)
    assert told.endswith("; the copy fetched before stays")
    assert words(mirror) == ["Borders", "Visit"]


def test_lists_of_sitemaps_are_followed_packed_ones_too(site, mirrored) -> None:
    packed = gzip.compress(site.answers["/sitemap.xml"].body)
    site.answers["/pages.xml.gz"] = Answer(packed, kind="application/gzip")
    index = f"<sitemapindex><sitemap><loc>{site.address}/pages.xml.gz</loc></sitemap>"
    site.answers["/all.xml"] = Answer(f"{index}</sitemapindex>".encode())
    mirror = mirrored(f"{site.address}/all.xml")
    assert mirror.refresh() == []
    assert words(mirror) == ["Borders", "Visit"]


def test_a_sitemap_is_found_by_the_address_of_its_site(site, mirrored) -> None:
    site.answers["/pages.xml"] = site.answers.pop("/sitemap.xml")
    site.answers["/robots.txt"] = Answer(f"Sitemap: {site.address}/pages.xml".encode())
    mirror = mirrored(f"{site.address}/")
    assert mirror.refresh() == []
    assert words(mirror) == ["Borders", "Visit"]


def test_a_file_of_addresses_is_a_list_of_pages(site, mirrored, tmp_path) -> None:
    path = tmp_path / "pages.txt"
    path.write_text(f"# ours\n{site.address}/borders.html#top\n\n", encoding="utf-8")
    mirror = mirrored(str(path))
    assert mirror.refresh() == []
    assert words(mirror) == ["Borders"]


def test_a_file_of_addresses_that_is_not_there_is_an_error_of_the_settings(mirrored) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.txt cannot be read"):
        mirrored("nowhere.txt").refresh()


def test_robots_txt_is_kept_to(site, mirrored) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: qa-service\nDisallow: /2023/\n")
    mirror = mirrored(f"{site.address}/sitemap.xml")
    assert mirror.refresh() == [
        f"{site.address}/2023/visit: its site's robots.txt asks not to fetch it"
    ]
    assert "/2023/visit" not in site.asked


def test_no_page_is_fetched_while_robots_txt_cannot_be_had(site, mirrored) -> None:
    site.answers["/robots.txt"] = Answer(status=500)
    told = mirrored(f"{site.address}/sitemap.xml").refresh()
    assert ["robots.txt cannot be had" in line for line in told] == [True, True]
    assert not {"/borders.html", "/2023/visit"} & set(site.asked)


@pytest.mark.parametrize(("pause", "asked"), [(0.2, b""), (0, b"User-agent: *\nCrawl-delay: 0.2")])
def test_requests_are_as_far_apart_as_setting_and_site_ask(site, mirrored, pause, asked) -> None:
    site.answers["/robots.txt"] = Answer(asked)
    began = time.monotonic()
    mirrored(f"{site.address}/sitemap.xml", site_pause=pause).refresh()
    requests = site.asked.count("/borders.html") + site.asked.count("/2023/visit")
    assert time.monotonic() - began >= 0.2 * requests


def test_pages_beyond_the_most_are_told(site, mirrored) -> None:
    (told,) = mirrored(f"{site.address}/sitemap.xml", max_site_pages=1).refresh()
    assert told.endswith("1 more pages are left out; raise QA_MAX_SITE_PAGES")


def test_a_page_too_large_is_left_out_also_when_it_is_packed(site, mirrored) -> None:
    large = gzip.compress(b"<p>" + b"l" * 2**21)
    site.answers["/2023/visit"] = Answer(large, headers={"Content-Encoding": "gzip"})
    (told,) = mirrored(f"{site.address}/sitemap.xml", max_file_megabytes=1).refresh()
    assert "larger than 1,048,576 bytes" in told


def test_a_file_is_named_by_its_kind(site, mirrored) -> None:
    site.answers["/2023/visit"] = Answer(b"%PDF-1.4", kind="application/pdf")
    mirror = mirrored(f"{site.address}/sitemap.xml")
    mirror.refresh()
    assert any(name.startswith("visit-") and name.endswith(".pdf") for name in mirror.held)


def test_a_site_that_never_was_listed_fails_the_build(site, mirrored) -> None:
    with pytest.raises(BuildFailed, match=r"its list .*/none\.xml cannot be had"):
        mirrored(f"{site.address}/none.xml").refresh()
