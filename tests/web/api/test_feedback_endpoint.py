"""POST and DELETE /api/feedback: what is stored, what is refused."""

import pytest
from beside_builds import feedback_in
from fake_answer_service import QUESTION, UNANSWERABLE, FakeAnswerService
from feedback_fakes import make_feedback

from qa_service.config import Settings
from qa_service.errors import FeedbackFull
from qa_service.nouns.questions import Filters, Turn
from qa_service.web import create_app
from qa_service.web.feedback import feedback_members

CITATION = {
    "document_id": "hillside-2023",
    "document_version": "a" * 64,
    "quote": "Governors know",
    "start": 3,
    "end": 17,
}
UNKNOWN = "0" * 32


@pytest.fixture
def store(tmp_path):
    return feedback_in(tmp_path / "index")


@pytest.fixture
def give(client):
    """Post a verdict on a refusal, with whatever else the request should hold."""

    def post(**members):
        body = {"question": UNANSWERABLE, "verdict": "up", "answered": False, "citation": None}
        return client.post("/api/feedback", json=body | members)

    return post


@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE])
def test_a_verdict_on_any_answer_is_stored(ask, give, store, question):
    answer = ask(question).get_json()
    response = give(**feedback_members(answer), verdict="down", note=" Not this.\r\nThat. ")
    (stored,) = store.read()
    assert (response.status_code, response.get_json()["id"]) == (201, stored.id)
    assert (stored.feedback.question, stored.feedback.answered) == (question, answer["answered"])
    assert (stored.feedback.verdict, stored.feedback.note) == ("down", "Not this.\nThat.")


def test_the_first_citation_is_stored_with_its_place(ask, give, store):
    answer = ask().get_json()
    give(**feedback_members(answer))
    cited, first = store.read()[0].feedback.citation, answer["citations"][0]
    assert (cited.document_id, cited.quote) == (first["document_id"], first["quote"])
    assert (cited.start, cited.end) == (first["start"], first["end"])


def test_a_quote_that_the_document_does_not_hold_is_refused(ask, give, store):
    first = ask().get_json()["citations"][0]
    problem = give(answered=True, citation=first | {"quote": "Never said."})
    assert (problem.status_code, problem.get_json()["field"]) == (422, "citation.quote")
    assert not store.read()


def test_what_was_said_before_and_the_limits_are_stored(give, store):
    give(history=[{"role": "user", "text": "Hi"}], filters={"collections": ["reports"]})
    feedback = store.read()[0].feedback
    assert feedback.history == (Turn("user", "Hi"),)
    assert feedback.filters == Filters(collections=("reports",))


def test_a_second_verdict_replaces_the_first(give, store):
    first = give().get_json()["id"]
    second = give(verdict="down", replaces=first).get_json()["id"]
    assert [item.id for item in store.read()] == [second]


def test_a_verdict_is_taken_back_once(client, give, store):
    address = f"/api/feedback/{give().get_json()['id']}"
    assert client.delete(address).status_code == 204
    assert store.read() == ()
    gone = client.delete(address)
    assert (gone.status_code, gone.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"question": " "}, "question"),
        ({"verdict": "sideways"}, "verdict"),
        ({"verdict": ["up"]}, "verdict"),
        ({"answered": None}, "answered"),
        ({"citation": CITATION}, "citation"),
        ({"standalone_question": "x" * 2001}, "standalone_question"),
        ({"history": [{"role": "user", "text": "hi"}] * 41}, "history"),
        ({"filters": {"colour": "green"}}, "filters"),
        ({"reason": "tired"}, "reason"),
        ({"note": "x" * 1001}, "note"),
        ({"note": 5}, "note"),
        ({"replaces": "../1"}, "replaces"),
    ],
)
def test_a_member_out_of_range_is_named_and_nothing_is_stored(give, store, members, field):
    problem = give(**members)
    assert (problem.status_code, problem.get_json()["field"]) == (422, field)
    assert store.read() == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document_id": ""}, "document_id"),
        ({"document_version": "abc"}, "document_version"),
        ({"quote": None}, "quote"),
        ({"quote": "x" * 20_001}, "quote"),
        ({"start": -1}, "start"),
        ({"start": True}, "start"),
        ({"end": 2.5}, "end"),
        ({"start": 17}, "start"),
        ({"title": 7}, "title"),
    ],
)
def test_a_citation_out_of_range_is_named(give, change, field):
    problem = give(answered=True, citation=CITATION | change)
    assert (problem.status_code, problem.get_json()["field"]) == (422, f"citation.{field}")


@pytest.mark.parametrize("note", ["x" * 1000, "é" * 1000, "a\r\n" * 500])
def test_a_note_of_a_thousand_characters_is_taken(give, note):
    assert give(note=note).status_code == 201


def test_a_full_file_is_507_and_says_whom_to_tell(give, app, tmp_path):
    small = app.extensions["feedback"] = feedback_in(tmp_path / "index", 1)
    large = [make_feedback(note="long " * 50_000)] * 9
    with pytest.raises(FeedbackFull):
        list(map(small.add, large))
    statuses = [give(note="x" * 1_000).status_code for _ in range(58)]
    assert statuses[-1] == 507
    assert "Tell whoever runs this server" in give(note="x" * 1_000).get_json()["detail"]


def test_one_address_gives_so_many_verdicts_a_minute_and_no_more(give):
    statuses = [give().status_code for _ in range(61)]
    assert statuses == [201] * 60 + [429]


def test_a_file_that_cannot_be_used_is_503_and_logged(give, store, caplog):
    store._records.path.parent.mkdir()
    store._records.path.write_text("no database, " * 100)
    assert give().status_code == 503
    assert "move it away" in caplog.text


def test_switched_off_it_takes_nothing_and_no_answer_asks(tmp_path):
    settings = Settings(index_dir=tmp_path / "index", feedback=False)
    client = create_app(settings, FakeAnswerService()).test_client()
    refused = client.post("/api/feedback", json={"question": "When?"})
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert client.post("/feedback").status_code == 403
    assert "Is this the right answer?" not in client.get("/", query_string={"q": QUESTION}).text
    assert not (tmp_path / "index").exists()


def test_asking_takes_no_notice_of_verdicts(ask, give):
    before = ask().get_json()
    give(**feedback_members(before), verdict="down")
    assert ask().get_json() == before
