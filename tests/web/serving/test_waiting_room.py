"""Only so many questions are worked on, only so many wait, and the rest are refused."""

import time
from threading import Barrier, Thread

import pytest
from werkzeug.exceptions import ServiceUnavailable

from qa_service.web.serving.waiting_room import Reception, WaitingRoom


def test_a_place_is_free_again_after_its_question():
    room = WaitingRoom(at_once=1, max_waiting=0)
    for _ in range(3):
        with room.admit():
            pass


def test_a_place_is_free_again_after_an_error():
    room = WaitingRoom(at_once=1, max_waiting=0)
    with pytest.raises(ZeroDivisionError), room.admit():
        raise ZeroDivisionError
    with room.admit():
        pass


def test_the_one_too_many_is_refused_at_once():
    room = WaitingRoom(at_once=2, max_waiting=0)
    with room.admit(), room.admit(), pytest.raises(ServiceUnavailable), room.admit():
        pass


def test_a_question_waits_for_its_turn():
    room, meeting, order = WaitingRoom(at_once=1, max_waiting=1), Barrier(2), []

    def wait_and_work():
        meeting.wait()
        with room.admit():
            order.append("second")

    waiting = Thread(target=wait_and_work)
    with room.admit():
        waiting.start()
        meeting.wait()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_those_who_wait_are_admitted_in_order_of_arrival_before_any_newcomer():
    room, order, waiting = WaitingRoom(at_once=1, max_waiting=9), [], []

    def work(number):
        with room.admit():
            order.append(number)

    with room.admit():
        for number in range(8):
            waiting.append(Thread(target=work, args=(number,)))
            waiting[-1].start()
            time.sleep(0.01)
    work("newcomer")
    for thread in waiting:
        thread.join()
    assert order == [*range(8), "newcomer"]


def test_a_body_too_many_is_refused_until_another_has_come_in():
    reception = Reception(places=1)
    with reception.receive(), pytest.raises(ServiceUnavailable), reception.receive():
        pass
    with reception.receive():
        pass


def test_who_waits_too_long_is_refused_and_leaves_the_queue():
    room = WaitingRoom(at_once=1, max_waiting=1, patience=0.01)
    with room.admit():
        for _ in range(2):
            with pytest.raises(ServiceUnavailable), room.admit():
                pass
    with room.admit():
        pass
