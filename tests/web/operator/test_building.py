"""While an index is being built the page and the endpoint say so."""

import fcntl

import pytest

from qa_service.errors import NoIndex


@pytest.fixture
def building(tmp_path):
    """A build under way, as another process would hold it."""
    folder = tmp_path / "index"
    (folder / ".partial-12345678").mkdir(parents=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.mark.usefixtures("building")
def test_a_rebuild_is_told_while_the_build_before_answers(client):
    assert "The index is being built anew" in client.get("/").text
    assert client.get("/api/health").get_json()["building"] is True


@pytest.mark.usefixtures("building")
def test_a_first_build_is_told(client, service):
    service.failure = NoIndex("none")
    assert "being built for the first time" in client.get("/").text


def test_what_a_crashed_build_left_is_no_build(client, tmp_path):
    (tmp_path / "index" / ".partial-12345678").mkdir(parents=True)
    assert "being built" not in client.get("/").text
    assert client.get("/api/health").get_json()["building"] is False


@pytest.mark.browser
@pytest.mark.usefixtures("building")
def test_the_page_says_by_itself_when_the_build_is_done(visitor, tmp_path):
    visitor.browser.refresh()
    visitor.see_text("#building", "The index is being built anew")
    (tmp_path / "index" / ".partial-12345678").rmdir()
    visitor.see_text("#building", "The build has ended without a new index")
