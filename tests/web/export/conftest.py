"""A conversation, and its way into a file."""

import pytest
from fake_answer_service import QUESTION


@pytest.fixture
def asked(ask):
    """A turn of a conversation, as the browser keeps it."""

    def turn(question=QUESTION, **members):
        return {"question": question, "answer": ask(question, **members).get_json()}

    return turn


@pytest.fixture
def export(client):
    def post(form, *turns, **members):
        return client.post(f"/api/export?format={form}", json={"turns": turns, **members})

    return post
