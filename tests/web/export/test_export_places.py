"""Files are written apart from answers, one at a time, and given up after a while."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from qa_service.web.serving import answer_service


def test_a_file_is_written_while_every_place_for_answers_is_taken(app, asked, export):
    turn = asked()
    room = app.extensions["waiting_room"]
    with ExitStack() as held:
        for _ in range(app.extensions["settings"].answering_processes):
            held.enter_context(room.admit())
        assert export("markdown", turn).status_code == 200


def test_one_file_is_written_at_a_time_and_the_next_waits(app, asked, export):
    turn, place = asked(), app.extensions["side_rooms"]["export"]
    with ThreadPoolExecutor(1) as threads:
        with place.admit():
            waiting = threads.submit(export, "docx", turn)
            time.sleep(0.5)
            assert not waiting.done()
        assert waiting.result(20).status_code == 200


@pytest.mark.parametrize("form", ["markdown", "json", "docx"])
def test_a_file_that_takes_too_long_is_given_up_and_leaves_its_place(
    asked, export, monkeypatch, form
):
    turn = asked()
    monkeypatch.setattr(answer_service, "DEADLINE_ASIDE", -1.0)
    refused = [export(form, turn) for _ in range(3)]
    assert {response.status_code for response in refused} == {503}
    assert "ask for less at a time" in refused[0].get_json()["detail"]
    monkeypatch.undo()
    assert export(form, turn).status_code == 200
