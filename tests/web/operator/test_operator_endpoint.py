"""What the operator can do by programs: documents, builds, uploads, questions."""

import re
import shutil
from io import BytesIO

import pytest
from beside_builds import questions_in
from described import mismatches, result_schema
from operator_site import BEARER, QUESTION, build, operator_app, operator_settings, prototype  # noqa: F401

from qa_service.indexing.keeping.manifest import current_build

LIBRARY = b"The library opens at nine. Readers may borrow twelve books."
LONGEST_BUILD = 600
"""Seconds, on a machine that is busy with much else."""
UPLOADS = "/api/operator/uploads"


@pytest.fixture
def client(app):
    made = app.test_client()
    made.environ_base["HTTP_AUTHORIZATION"] = BEARER["Authorization"]
    return made


def upload(client, name="library.txt", data=LIBRARY, **switches):
    return client.put(f"{UPLOADS}/{name}", data=data, query_string=switches)


def finished_build(client):
    """The run of a build that was started, once it has ended."""
    client.application.extensions["builder"].wait(LONGEST_BUILD)
    return client.get("/api/operator/build").get_json()


@pytest.mark.parametrize("name", ["documents", "check", "build", "builds", "uploads", "questions"])
def test_what_is_told_has_the_described_members(client, name):
    upload(client)
    client.post("/api/ask", json={"question": QUESTION})
    path = f"/api/operator/{name}"
    assert list(mismatches(client.get(path).get_json(), result_schema(path, "get"))) == []


def test_documents_are_told_with_what_was_not_read_and_why(client):
    told = client.get("/api/operator/documents").get_json()
    assert [document["source"] for document in told["documents"]] == ["inspections/borders.md"]
    assert [item["source"] for item in told["skipped"]] == ["broken.pdf"]
    assert "save it anew" in told["skipped"][0]["reason"]
    assert [(c["name"], c["documents"]) for c in told["collections"]] == [("inspections", 1)]


def test_an_uploaded_file_is_answered_from_after_a_build(client):
    assert upload(client).status_code == 201
    assert client.get(UPLOADS).get_json()["uploads"][0]["state"] == "pending"
    started = client.post("/api/operator/build")
    assert (started.status_code, started.get_json()["state"]) == (202, "running")
    run = finished_build(client)
    assert (run["state"], run["documents"], run["skipped"]) == ("done", 2, 1)
    assert client.get(UPLOADS).get_json()["uploads"][0]["state"] == "indexed"
    answer = client.post("/api/ask", json={"question": "How many books may readers borrow?"})
    assert answer.get_json()["citations"][0]["source"] == "uploads/library.txt"


def test_the_corpus_is_never_written_to(client, settings):
    before = sorted(path.name for path in settings.corpus_dir.rglob("*"))
    upload(client)
    assert sorted(path.name for path in settings.corpus_dir.rglob("*")) == before


def test_nothing_is_overwritten_unless_that_is_said(client):
    upload(client)
    again = upload(client, data=b"Another text.")
    assert again.status_code == 409
    assert "Replace files of the same name" in again.get_json()["detail"]
    replaced = upload(client, data=b"Another text.", replace="true")
    assert replaced.get_json()["replaced"] is True


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.exe", b"MZ\x00\x01", "a program"),
        ("README.md", b"# Text", "rename it"),
        ("metadata.csv", b"file,title\n", "rename it"),
        ("...", b"text", "no name"),
        ("x" * 201, b"text", "shorten it"),
    ],
)
def test_what_builds_would_not_read_is_refused_with_the_reason(client, name, data, said):
    refused = upload(client, name, data)
    assert refused.status_code == 422
    assert said in refused.get_json()["detail"]
    assert client.get(UPLOADS).get_json()["uploads"] == []


@pytest.mark.parametrize("name", ["..%5C..%5Cescape.txt", "C:%5Cescape.txt", ".escape.txt"])
def test_a_name_leads_nowhere_else(client, settings, name):
    assert upload(client, name).get_json()["name"] == "escape.txt"
    assert (settings.uploads_folder / "escape.txt").read_bytes() == LIBRARY


def test_a_file_is_known_by_its_content(client):
    taken = upload(client, "page.pdf", b"<!doctype html><html><body>A page.</body></html>")
    assert taken.get_json()["kind"] == "html"
    assert "the ending is .pdf" in taken.get_json()["warning"]


def test_sizes_are_bounded_for_one_file_and_for_all(client):
    assert upload(client, "a.txt", b"a" * (2**20 + 2)).status_code == 413
    assert upload(client, "a.txt", b"a" * 2**20).status_code == 201
    assert upload(client, "b.txt", b"b" * 2**20).status_code == 201
    assert upload(client, "c.txt", b"c").status_code == 507


def test_a_removed_file_is_gone_with_the_next_build(client):
    upload(client)
    client.post("/api/operator/build")
    finished_build(client)
    assert client.delete(f"{UPLOADS}/library.txt").status_code == 204
    assert client.delete(f"{UPLOADS}/library.txt").status_code == 404
    client.post("/api/operator/build")
    assert finished_build(client)["documents"] == 1


def test_files_of_a_corpus_folder_called_uploads_are_no_removed_uploads(client, settings):
    (settings.corpus_dir / "uploads").mkdir()
    for name in ("own.txt", "gone.txt"):
        (settings.corpus_dir / "uploads" / name).write_bytes(LIBRARY + name.encode())
    build(settings)
    (settings.corpus_dir / "uploads" / "gone.txt").unlink()
    assert "quoted until the next build: gone.txt." in client.get("/operator/uploads").text


def test_one_build_runs_at_a_time_and_can_be_cancelled(client, settings, monkeypatch):
    monkeypatch.setenv("FAKE_BUILD_SECONDS", "900")
    before = current_build(settings.index_dir)
    upload(client)
    client.post("/api/operator/build")
    again = client.post("/api/operator/build")
    assert (again.status_code, "running" in again.get_json()["detail"]) == (409, True)
    assert client.delete("/api/operator/build").get_json()["state"] == "cancelled"
    assert current_build(settings.index_dir) == before


def test_a_build_that_fails_says_why_and_leaves_the_index(client, settings):
    (settings.corpus_dir / "inspections" / "borders.md").unlink()
    (settings.corpus_dir / "broken.pdf").unlink()
    client.post("/api/operator/build")
    run = finished_build(client)
    assert (run["state"], "holds no documents" in run["message"]) == ("failed", True)
    assert client.get("/api/health").get_json()["documents"] == 1


def test_a_build_may_take_out_the_last_document(client, settings):
    (settings.corpus_dir / "inspections" / "borders.md").unlink()
    (settings.corpus_dir / "broken.pdf").unlink()
    client.post("/operator/build", data={"empty": "on"})
    assert finished_build(client)["state"] == "done"
    assert client.get("/api/health").get_json()["documents"] == 0
    client.post("/api/operator/build?empty=true")
    assert finished_build(client)["state"] == "done"


@pytest.mark.parametrize("page", ["", "/documents", "/uploads", "/questions"])
def test_before_the_first_build_every_page_is_there(client, settings, page):
    shutil.rmtree(current_build(settings.index_dir))
    (settings.index_dir / "CURRENT").unlink()
    shown = client.get(f"/operator{page}")
    assert shown.status_code == 200
    assert ("no index yet" in shown.text) == (page == "")


def test_before_the_first_build_there_is_nothing_to_tell_but_how_to_begin(client, settings):
    shutil.rmtree(current_build(settings.index_dir))
    (settings.index_dir / "CURRENT").unlink()
    told = client.get("/api/operator/documents").get_json()
    assert told == {"documents": [], "skipped": [], "collections": []}
    client.post("/api/operator/build")
    assert finished_build(client)["state"] == "done"


def test_going_back_to_a_build_answers_from_it(client, settings):
    first = current_build(settings.index_dir).name
    (settings.corpus_dir / "library.txt").write_bytes(LIBRARY)
    build(settings)
    assert client.get("/api/health").get_json()["documents"] == 2
    used = client.post(f"/api/operator/builds/{first}/use")
    assert [b["in_use"] for b in used.get_json()["builds"]] == [False, True]
    assert client.get("/api/health").get_json()["documents"] == 1


def test_a_damaged_build_is_not_gone_back_to(client, settings):
    first = current_build(settings.index_dir)
    last = build(settings)
    (first / "passages.sqlite").write_bytes(b"not what was written")
    refused = client.post(f"/api/operator/builds/{first.name}/use")
    assert (refused.status_code, "damaged" in refused.get_json()["detail"]) == (409, True)
    assert current_build(settings.index_dir).name == last


def test_a_newer_build_that_is_refused_is_told_with_the_reason_and_the_one_that_answers(
    client, settings
):
    answering = client.get("/api/health").get_json()["build"]
    (settings.corpus_dir / "library.txt").write_bytes(LIBRARY)
    refused = build(settings)
    (settings.index_dir / refused / "dense.faiss").write_bytes(b"not what was written")
    newest, oldest = client.get("/api/operator/builds").get_json()["builds"]
    assert (oldest["build"], oldest["in_use"], oldest["problem"]) == (answering, True, "")
    assert (newest["build"], newest["in_use"]) == (refused, False)
    assert "damaged: dense.faiss" in newest["problem"]
    shown = client.get("/operator").text
    assert "Questions are answered from an earlier build" in shown
    assert f'action="/operator/builds/{answering}/use"' in shown
    client.post(f"/api/operator/builds/{answering}/use")
    assert "Questions are answered from an earlier build" not in client.get("/operator").text


@pytest.mark.parametrize("name", ["20200101T000000Z-abcdef", "..", "uploads"])
def test_a_build_that_is_not_kept_cannot_be_used(client, name):
    assert client.post(f"/api/operator/builds/{name}/use").status_code == 404


def test_the_index_is_compared_with_the_files(client, settings):
    assert client.get("/api/operator/check").get_json() == {"problems": []}
    (settings.corpus_dir / "library.txt").write_bytes(LIBRARY)
    problems = client.get("/api/operator/check").get_json()["problems"]
    assert problems == ["library.txt is new since the build; run: qa-service build"]


def test_questions_are_told_unanswered_ones_first(client):
    for question in (QUESTION, QUESTION.upper(), "Which zebra migrated yesterday?"):
        client.post("/api/ask", json={"question": question})
    client.post("/api/ask", json={"question": "hello"})
    told = client.get("/api/operator/questions").get_json()
    assert (told["recording"], told["recorded"]) == (True, 3)
    assert [(q["times"], q["unanswered"]) for q in told["questions"]] == [(1, 1), (2, 0)]


def test_questions_are_recorded_as_they_were_typed(client):
    mistyped = QUESTION.replace("quality", "qualtiy")
    history = [{"role": "user", "text": QUESTION}]
    client.post("/api/ask", json={"question": mistyped})
    client.post("/api/ask", json={"question": "And about records?", "history": history})
    told = client.get("/api/operator/questions").get_json()["questions"]
    assert {item["text"] for item in told} == {mistyped, "And about records?"}
    assert [item["understood"] for item in told if item["text"] == mistyped] == [""]


def test_after_going_back_the_page_says_which_build_is_newer(client, settings):
    first = current_build(settings.index_dir).name
    newer = build(settings)
    assert "is newer" not in client.get("/operator").text
    client.post(f"/operator/builds/{first}/use", headers={"Sec-Fetch-Site": "same-origin"})
    assert re.search(rf"is newer \(\d+ documents?, {newer}\)", client.get("/operator").text)


def test_text_that_is_called_a_pdf_is_warned_of_before_and_after_the_build(client, settings):
    file = (BytesIO(LIBRARY), "library.pdf")
    form = {"Sec-Fetch-Site": "same-origin"}
    taken = client.post("/operator/uploads", data={"file": file}, headers=form).text
    told = '<p class="notice" role="status">library.pdf was stored (text). The ending'
    assert told in taken.replace('<span lang="en">', "")
    build(settings)
    assert "the ending is .pdf, but the content is text" in client.get("/operator/uploads").text


def test_a_question_of_the_page_without_scripts_is_recorded_too(client):
    client.get("/", query_string={"q": QUESTION})
    assert client.get("/api/operator/questions").get_json()["recorded"] == 1


def test_questions_are_forgotten_one_by_one_or_all(client, settings):
    for question in (QUESTION, "Which zebra migrated yesterday?", "Which lion sleeps tonight?"):
        client.post("/api/ask", json={"question": question})
    address = "/api/operator/questions"
    one = client.delete(address, query_string={"question": QUESTION})
    assert one.get_json() == {"removed": 1}
    assert client.delete(address).get_json() == {"removed": 2}
    assert b"zebra" not in questions_in(settings.index_dir)._records.path.read_bytes()
