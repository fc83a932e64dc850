"""A file that everybody may read of is not given out where it holds what a group alone may read."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest
from fakes import FakeEmbedder
from guarded_site import build, headers_of, settings_in

from qa_service.answering.service import AnswerService
from qa_service.web import create_app

TABLE = "file,access\nletter.eml/annex.txt,board\n"


@pytest.fixture
def site(tmp_path, request):
    """A client, the address of a mail for everybody, and of what it has attached for the board."""
    settings = replace(settings_in(tmp_path), **getattr(request, "param", {}))
    letter = EmailMessage()
    letter["Subject"] = "Opening hours"
    letter.set_content("The garden opens at nine. An annex is attached to this letter.")
    letter.add_attachment("Vellumore bought the harbour crane.", filename="annex.txt")
    settings.corpus_dir.mkdir()
    (settings.corpus_dir / "letter.eml").write_bytes(letter.as_bytes())
    (settings.corpus_dir / "metadata.csv").write_text(TABLE)
    build(settings)
    service = AnswerService(settings, FakeEmbedder())
    ids = {item.source: item.id for item in service.documents()}
    yield create_app(settings, service).test_client(), ids
    service.close()


@pytest.mark.parametrize("caller", ["everybody", "outsider", "member"])
def test_the_mail_is_read_and_its_file_withheld(site, caller):
    client, ids = site
    address, headers = f"/documents/{ids['letter.eml']}", headers_of(caller)
    page = client.get(address, headers=headers).text
    assert "The garden opens at nine." in page
    assert "/original" not in page
    assert client.get(f"{address}/original", headers=headers).status_code == 409


def test_members_have_what_is_attached(site):
    client, ids = site
    address = f"/documents/{ids['letter.eml/annex.txt']}/original"
    with client.get(address, headers=headers_of("member")) as response:
        assert b"Vellumore" in response.data
    assert client.get(address, headers=headers_of("outsider")).status_code == 404


@pytest.mark.parametrize("site", [{"access": "open", "groups_header": ""}], indirect=True)
def test_where_nobody_is_asked_for_groups_the_file_is_given(site):
    client, ids = site
    with client.get(f"/documents/{ids['letter.eml']}/original") as response:
        assert response.status_code == 200
