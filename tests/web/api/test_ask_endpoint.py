"""POST /api/ask and GET /api/search: what comes back, and what reaches the service."""

from fake_answer_service import MISTYPED, QUESTION, UNANSWERABLE

from qa_service.errors import EngineUnavailable, NotAnswering
from qa_service.nouns.questions import Filters, Turn


def test_an_answer_quotes_a_document_and_cites_the_place(ask, client):
    answer = ask().get_json()
    citation = answer["citations"][0]
    text = client.get(f"/api/documents/{citation['document_id']}").get_json()["text"]
    assert answer["answered"] is True
    assert text[citation["start"] : citation["end"]] == answer["answer"][0]["quote"]


def test_a_question_the_documents_do_not_answer_is_not_answered(ask):
    answer = ask(UNANSWERABLE).get_json()
    assert (answer["answered"], answer["reason"]) == (False, "no_evidence")
    assert answer["answer"] == answer["citations"] == []


def test_the_whole_request_reaches_the_service(ask, service):
    ask(
        "  And safeguarding? ",
        history=[{"role": "user", "text": "Tell me about Hillside"}],
        limit=3,
        filters={"collections": ["reports"], "date_from": "2020-01-01"},
    )
    question = service.questions[0]
    assert (question.text, question.limit) == ("And safeguarding?", 3)
    assert question.history == (Turn("user", "Tell me about Hillside"),)
    assert question.filters == Filters(collections=("reports",), date_from="2020-01-01")


def test_unknown_members_of_the_request_are_ignored(ask):
    assert ask(colour="green").status_code == 200


def test_members_stand_in_the_order_of_the_contract(ask):
    assert list(ask().get_json())[:3] == ["question", "standalone_question", "answered"]


def test_search_ranks_passages(client):
    found = client.get("/api/search", query_string={"q": QUESTION, "limit": 2}).get_json()
    assert found["query"] == QUESTION
    assert len(found["passages"]) == 2


def test_search_returns_ten_passages_unless_told(client, service):
    client.get("/api/search?q=absence")
    assert [limit for _, limit, _ in service.searches] == [10]


def test_a_mistyped_word_is_corrected_unless_the_request_says_no(ask, service):
    corrected = ask(MISTYPED).get_json()
    assert corrected["corrections"] == [{"typed": "qualtiy", "taken": "quality"}]
    assert (corrected["question"], corrected["standalone_question"]) == (MISTYPED, QUESTION)
    assert ask(MISTYPED, spelling=False).get_json()["corrections"] == []
    assert [question.spelling for question in service.questions] == [True, False]


def test_a_search_corrects_unless_its_address_says_no(client, service):
    address = f"/api/search?q={MISTYPED}"
    assert client.get(address).get_json()["corrections"]
    assert client.get(f"{address}&spelling=true").get_json()["corrections"]
    assert not client.get(f"{address}&spelling=false").get_json()["corrections"]
    assert len(service.searches_as_typed) == 1


def test_while_the_database_is_away_it_is_503_with_the_time_to_ask_again(ask, service):
    service.failure = EngineUnavailable("the database does not answer (refused); see to it")
    told = ask()
    assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
    assert "refused" not in told.get_json()["detail"]


def test_while_the_processes_that_answer_start_anew_it_is_503_with_the_time_to_ask_again(
    ask, service
):
    service.failure = NotAnswering("a process that answers ended before it had")
    told = ask()
    assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
