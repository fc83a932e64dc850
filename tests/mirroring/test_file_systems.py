"""File systems elsewhere, each on a real server: mirrored, followed, and never half believed."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from urllib.parse import urlsplit

import fsspec.config
import pytest
from samba_server import with_samba

from qa_service.errors import BuildFailed, MissingPackage, SettingsError

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
on_folders = pytest.mark.parametrize("distant", ["webdav", "sftp", with_samba], indirect=True)
WHOLE = {"2023/visit.md": "Visit", "borders.md": "Borders"}


@pytest.fixture
def mirror(distant, mirrored):
    """A mirror that was made once."""
    found = mirrored(distant.address)
    assert found.refresh() == []
    return found


def test_all_files_are_mirrored_for_their_owner_alone(mirror) -> None:
    assert mirror.held == WHOLE
    assert all(path.stat().st_mode & 0o077 == 0 for path in mirror.files.rglob("*"))


def test_new_changed_and_deleted_files_are_followed(distant, mirror) -> None:
    distant.store.put("new.md", b"New")
    distant.store.put("borders.md", b"Borders, once more")
    distant.store.delete("2023/visit.md")
    assert mirror.refresh() == []
    assert mirror.held == {"borders.md": "Borders, once more", "new.md": "New"}


@on_folders
def test_what_did_not_change_is_not_fetched_again(mirror) -> None:
    before = {path: path.stat().st_ino for path in mirror.files.rglob("*.md")}
    mirror.refresh()
    assert {path: path.stat().st_ino for path in mirror.files.rglob("*.md")} == before


@on_folders
def test_a_server_that_hangs_leaves_what_was_fetched_and_is_told(distant, mirror) -> None:
    distant.store.delete("borders.md")
    distant.way.hangs = True
    (told,) = mirror.refresh(fetch_seconds=1)
    assert told.startswith(f"reports: {distant.address} cannot be mirrored: ")
    assert "its documents are those of 20" in told
    assert mirror.held == WHOLE


@on_folders
def test_a_server_that_is_away_leaves_what_was_fetched_and_is_told(distant, mirror) -> None:
    distant.way.close()
    distant.way.cut_after = 0
    assert "cannot be mirrored" in mirror.refresh()[0]
    assert mirror.held == WHOLE


def test_a_listing_that_breaks_off_deletes_nothing(distant, mirror) -> None:
    distant.store.delete("borders.md")
    distant.way.cut_after = 150
    assert "cannot be mirrored" in mirror.refresh()[0]
    assert mirror.held == WHOLE
    distant.way.cut_after = None
    assert mirror.refresh() == []
    assert mirror.held == {"2023/visit.md": "Visit"}


def test_a_transfer_that_breaks_off_keeps_the_file_as_it_was(distant, mirror) -> None:
    distant.store.put("borders.md", b"b" * 3_000_000)
    distant.way.cut_after = 500_000
    (told,) = mirror.refresh()
    assert told.startswith("reports/borders.md: ")
    assert told.endswith("; the copy fetched before stays")
    assert mirror.held == WHOLE
    distant.way.cut_after = None
    assert mirror.refresh() == []
    assert len(mirror.held["borders.md"]) == 3_000_000


@pytest.mark.parametrize("distant", ["webdav"], indirect=True)
def test_a_file_too_large_is_named_and_left_out(distant, mirror) -> None:
    distant.store.put("large.md", b"l" * (2**20 + 1))
    (told,) = mirror.refresh(max_file_megabytes=1)
    assert told.startswith("reports/large.md: larger than 1,048,576 bytes")
    assert mirror.held == WHOLE


@pytest.fixture
def emptied(distant, mirror):
    """The mirror after all files were deleted, and one look at that."""
    for name in WHOLE:
        distant.store.delete(name)
    (told,) = mirror.refresh()
    assert "nothing is listed there, where 2 files were; builds after 20" in told
    return mirror


@pytest.fixture
def after_half_an_hour(monkeypatch):
    """Lets so much time go by as an empty place has to stay so."""
    return lambda: monkeypatch.setattr("qa_service.mirroring.emptied.BELIEVED_AFTER", timedelta())


def test_a_place_that_is_suddenly_empty_is_not_believed(emptied) -> None:
    assert "nothing is listed there" in emptied.refresh()[0]
    assert emptied.held == WHOLE


def test_a_place_that_stays_empty_is_believed(emptied, after_half_an_hour) -> None:
    after_half_an_hour()
    assert emptied.refresh() == []
    assert emptied.held == {}


@on_folders
def test_a_place_that_has_files_again_must_stay_empty_anew(
    distant, emptied, after_half_an_hour
) -> None:
    distant.store.put("borders.md", b"Borders")
    assert emptied.refresh() == []
    assert emptied.held == {"borders.md": "Borders"}
    distant.store.delete("borders.md")
    assert "nothing is listed there, where 1 files were" in emptied.refresh()[0]
    after_half_an_hour()
    assert emptied.refresh() == []
    assert emptied.held == {}


@on_folders
def test_a_listing_that_fails_is_not_one_of_nothing(distant, emptied, after_half_an_hour) -> None:
    after_half_an_hour()
    distant.way.cut_after = 0
    assert "cannot be mirrored" in emptied.refresh(fetch_seconds=1)[0]
    assert emptied.held == WHOLE


@on_folders
def test_a_folder_that_is_gone_from_the_one_above_it_is_an_empty_one(
    distant, mirrored, after_half_an_hour
) -> None:
    below = mirrored(f"{distant.address}/2023")
    below.refresh()
    shutil.rmtree(distant.store.folder / "2023")
    assert "nothing is listed there" in below.refresh()[0]
    assert below.held == {"visit.md": "Visit"}
    after_half_an_hour()
    assert below.refresh() == []
    assert below.held == {}


@pytest.mark.parametrize("distant", ["webdav"], indirect=True)
def test_nothing_comes_where_the_table_of_who_may_read_it_cannot_be_fetched(
    distant, mirror
) -> None:
    distant.store.put("metadata.csv", b"file,access\nsecret.md,board\n" + b" " * 2_000_000)
    distant.store.put("secret.md", b"Secret")
    distant.way.cut_after = 500_000
    (told,) = mirror.refresh()
    assert "its metadata.csv cannot be fetched" in told
    assert mirror.held == WHOLE


@pytest.mark.parametrize("distant", ["webdav"], indirect=True)
def test_a_place_that_never_was_listed_fails_the_build(distant, mirrored) -> None:
    with pytest.raises(BuildFailed, match=r"reports: .* cannot be mirrored: there is no"):
        mirrored(f"{distant.address}/nowhere").refresh()


@on_folders
def test_a_server_that_hung_is_asked_anew(distant, mirror) -> None:
    distant.way.hangs = True
    mirror.refresh(fetch_seconds=1)
    distant.way.hangs = False
    distant.store.put("new.md", b"New")
    assert mirror.refresh() == []
    assert mirror.held == WHOLE | {"new.md": "New"}


@on_folders
def test_a_folder_that_is_left_empty_loses_its_files_and_a_folder_that_went_too(
    distant, mirror
) -> None:
    distant.store.delete("2023/visit.md")
    assert mirror.refresh() == []
    assert mirror.held == {"borders.md": "Borders"}
    distant.store.put("2023/visit.md", b"Visit")
    assert mirror.refresh() == []
    shutil.rmtree(distant.store.folder / "2023")
    assert mirror.refresh() == []
    assert mirror.held == {"borders.md": "Borders"}


@pytest.mark.parametrize("distant", [with_samba], indirect=True)
def test_a_file_that_somebody_writes_at_is_read_and_stays_theirs(distant, mirror) -> None:
    import smbclient

    distant.store.put("borders.md", b"Borders, once more")
    port = urlsplit(distant.address).port
    path = distant.address.removeprefix("smb://").replace(f":{port}", "") + "/borders.md"
    own = {"connection_cache": {}, "port": port, **fsspec.config.conf["smb"]}
    with smbclient.open_file(f"//{path}", "ab", share_access="r", **own):
        assert mirror.refresh() == []
    assert mirror.held["borders.md"] == "Borders, once more"


@pytest.mark.parametrize("distant", ["webdav"], indirect=True)
def test_hidden_files_are_left_out(distant, mirror) -> None:
    distant.store.put(".trash/old.md", b"Old")
    assert mirror.refresh() == []
    assert mirror.held == WHOLE


@pytest.mark.parametrize("distant", ["webdav"], indirect=True)
def test_another_address_takes_the_place_of_the_first_once_it_is_listed(distant, mirrored) -> None:
    mirrored(distant.address).refresh()
    other = mirrored(f"{distant.address}/2023")
    assert other.refresh() == []
    assert other.held == {"visit.md": "Visit"}


@pytest.mark.parametrize("distant", ["sftp"], indirect=True)
def test_a_host_whose_key_is_not_known_is_not_believed(
    distant, mirrored, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    options = {"password": "secret", "client_keys": None}
    monkeypatch.setitem(fsspec.config.conf, "sftp", options)
    with pytest.raises(BuildFailed, match="HostKeyNotVerifiable"):
        mirrored(distant.address).refresh()


@pytest.mark.parametrize("distant", ["sftp"], indirect=True)
def test_links_are_not_followed_and_are_told(distant, mirror) -> None:
    os.symlink("/etc/passwd", distant.store.folder / "link.md")
    (told,) = mirror.refresh()
    assert told == "reports/link.md: no file but of the kind link; links are not followed"


@pytest.mark.parametrize("distant", ["s3"], indirect=True)
def test_a_name_that_leads_elsewhere_is_not_followed(distant, mirror, tmp_path) -> None:
    distant.store.put("a/../../../../outside.md", b"Outside")
    distant.store.put("a//b.md", b"Twice")
    mirror.refresh()
    assert mirror.held == WHOLE
    assert not list(tmp_path.rglob("outside.md"))


@pytest.mark.parametrize(
    ("address", "extra"),
    [("az://box/reports", "azure"), ("gs://box", "gcs")],
)
def test_a_driver_that_is_not_installed_is_named_with_its_extra(mirrored, address, extra) -> None:
    with pytest.raises(MissingPackage, match=rf"run: pip install 'qa-service\[{extra}\]'"):
        mirrored(address).refresh()


@pytest.mark.parametrize("address", ["nosuch://place", "file:///etc", "simplecache::s3://box"])
def test_an_address_of_no_driver_is_an_error_of_the_settings(mirrored, address) -> None:
    with pytest.raises(SettingsError, match="give"):
        mirrored(address).refresh()
