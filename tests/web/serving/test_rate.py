"""So often and no more, for each address by itself."""

import pytest
from werkzeug.exceptions import TooManyRequests

from qa_service.web.serving import rate
from qa_service.web.serving.rate import Rate


def test_one_too_many_is_refused_until_the_time_is_over():
    now = [0.0]
    limit = Rate(2, 60, lambda: now[0])
    limit.count("a")
    limit.count("a")
    limit.count("b")
    with pytest.raises(TooManyRequests):
        limit.count("a")
    now[0] = 60.0
    limit.count("a")


def test_addresses_are_not_hoarded(monkeypatch):
    monkeypatch.setattr(rate, "MOST_ADDRESSES", 3)
    limit = Rate(2, 60)
    for address in range(10):
        limit.count(str(address))
    assert len(limit._times) == 3
