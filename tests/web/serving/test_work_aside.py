"""Whoever sends slowly holds a place for bodies and no other; costly look-ups have their own."""

from contextlib import contextmanager
from io import BytesIO

import pytest
from fake_answer_service import QUESTION

from qa_service.web.serving.answer_service import SIDE_ROOMS


class Places:
    """Places without an end, which count who holds one."""

    def __init__(self):
        self.held = 0

    @contextmanager
    def hold(self):
        self.held += 1
        try:
            yield
        finally:
            self.held -= 1

    admit = receive = hold


class SlowBody(BytesIO):
    """Notes what is held while it comes in."""

    def __init__(self, content, held):
        super().__init__(content)
        self.look, self.seen = held, []

    def readinto(self, buffer):
        self.seen.append(self.look())
        return super().readinto(buffer)


@pytest.fixture
def held(app):
    """The kinds of places that are held."""
    places = {name: Places() for name in ("reception", "waiting_room", *SIDE_ROOMS)}
    app.extensions |= {name: places[name] for name in ("reception", "waiting_room")}
    app.extensions["side_rooms"] = {name: places[name] for name in SIDE_ROOMS}
    return lambda: [name for name, place in places.items() if place.held]


@pytest.mark.parametrize(
    ("form", "some"),
    [
        ("application/json", {"/api/ask", "/turns", "/matrix/table", "/pinboard/board"}),
        ("application/x-www-form-urlencoded", {"/turn", "/matrix/cell", "/feedback"}),
    ],
)
def test_whatever_takes_a_body_holds_a_place_for_bodies_alone_while_it_comes_in(
    app, held, form, some
):
    seen = {}
    for rule in [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]:
        body = SlowBody(b'{"question": "?"}', held)
        address = {"format": "csv" if rule.rule.startswith("/matrix") else "markdown"}
        sent = {"input_stream": body, "content_type": form}
        app.test_client().post(rule.rule, query_string=address, **sent)
        seen[rule.rule] = body.seen
    assert some <= {path for path, places in seen.items() if places}
    assert not {path: at for path, at in seen.items() if any(it != ["reception"] for it in at)}


@pytest.mark.parametrize(
    ("path", "method", "place"),
    [
        ("/api/mentions?q=report", "mentions", "look-ups"),
        ("/api/mentions?q=report&format=csv", "mentions", "look-ups"),
        ("/mentions?q=report", "mentions", "look-ups"),
        ("/api/facts?label=Date", "facts", "look-ups"),
        (f"/feeds/answers.atom?q={QUESTION}", "ask", "feeds"),
    ],
)
def test_what_reads_much_of_an_index_waits_in_a_place_of_its_own(
    client, service, held, monkeypatch, path, method, place
):
    seen, asked = [], getattr(service, method)

    def noted(*given, **named):
        seen.append(held())
        return asked(*given, **named)

    monkeypatch.setattr(service, method, noted)
    assert client.get(path).status_code == 200
    assert seen
    assert all(places == ["waiting_room", place] for places in seen)
