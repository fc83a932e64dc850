"""Work that has a deadline is given up where it goes on too long, and no other is."""

import pytest

from qa_service.deadline import done_within, in_time, keep_time
from qa_service.errors import TookTooLong


def test_work_without_a_deadline_is_done_whole():
    assert list(in_time(range(3))) == [0, 1, 2]


def test_work_is_given_up_at_the_first_step_after_its_deadline():
    with pytest.raises(TookTooLong, match="ask for less"), done_within(0.02):
        list(in_time(iter(int, 1)))


def test_a_deadline_is_over_with_its_block():
    with done_within(-1.0):
        pass
    keep_time()


def test_work_within_work_has_its_own_deadline():
    with done_within(-1.0):
        with done_within(60.0):
            keep_time()
        with pytest.raises(TookTooLong):
            keep_time()
