"""The documents and the health of the service, for programs."""

from fake_documents import INSPECTION_TEXT


def test_documents_are_listed_without_their_text(client):
    listed = client.get("/api/documents").get_json()
    assert [entry["id"] for entry in listed] == ["hillside-2023", "policies/attendance", "hostile"]
    assert "text" not in listed[0]


def test_a_document_comes_with_its_canonical_text(client):
    document = client.get("/api/documents/hillside-2023").get_json()
    assert (document["text"], document["pages"]) == (INSPECTION_TEXT, 2)


def test_an_id_with_a_slash_is_found_escaped_or_not(client):
    escaped = client.get("/api/documents/policies%2Fattendance").get_json()
    plain = client.get("/api/documents/policies/attendance").get_json()
    assert escaped == plain


def test_health_names_the_build_and_the_model(client):
    assert client.get("/api/health").get_json() == {
        "status": "ok",
        "processes": 1,
        "answering": 1,
        "build": "20240501-test",
        "documents": 3,
        "passages": 9,
        "model": "fake-model",
        "building": False,
    }
