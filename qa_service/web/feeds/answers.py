"""`GET /feeds/answers.atom?q=…`: looked up once for each build, however often readers look, and
after the first time only in documents that are new."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from typing import cast
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    render_template,
    request,
)

from qa_service.contract.answers import citation_object
from qa_service.deadline import keep_time
from qa_service.following.answering_documents import AskedDocument, asked_documents
from qa_service.nouns.answers import Answer, Citation
from qa_service.nouns.questions import Question
from qa_service.translation.languages import DEFAULT
from qa_service.web.access.groups import groups_asking
from qa_service.web.api.requests import question_from
from qa_service.web.chat.question_form import asked_by, history_and_filters
from qa_service.web.feeds.atom import MEDIA_TYPE, Feed, atom
from qa_service.web.serving.answer_service import (
    admitted_service,
    aside,
    current_service,
    current_settings,
    site_address,
)
from qa_service.web.wording.limits import asked_fields

MOST_ASKED = 96
"""Documents that a feed is made from: the newest on the subject."""
FEED_SECONDS = 240.0
"""So long finding these may take, one feed at a time."""
MOST_KEPT = 256
"""Feeds of which it is kept what was found."""

Fields = list[tuple[str, str]]
"""Names and values of an address that asks the same."""

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")


def register(app: Flask) -> None:
    """Add the feeds, and what they found."""
    app.extensions["feeds"] = KeptFeeds()
    app.register_blueprint(blueprint)


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that a feed's question was asked of, and in which build."""

    build: str
    asked: tuple[AskedDocument, ...] = ()

    @property
    def places(self) -> tuple[Citation, ...]:
        """What the documents say that answer, the newest first."""
        return tuple(item.place for item in self.asked if item.place)


class KeptFeeds:
    """What was found for the feeds that were looked at last, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, Found] = OrderedDict()

    def get(self, key: str) -> Found | None:
        """What was found, in whatever build; None where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, found: Found) -> None:
        """Keeps it, in the place of those looked at longest ago."""
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


@blueprint.get("/answers.atom")
def answers() -> Response:
    """A question as a feed, limited by the fields of the chat page's form; to a browser that shows
    it, as a page that says what a feed is for, unless the address says `format=atom`."""
    asked = asked_by(request.args, current_service().documents())
    question = question_from({"question": request.args.get("q", ""), **history_and_filters(asked)})
    question = replace(question, language=DEFAULT)  # places are the same in all
    groups = groups_asking()
    asks = None if groups is None else sorted(groups)
    key = sha256(f"{question}\n{asks}".encode()).hexdigest()
    fields = [("q", question.text)]
    fields += [(field["name"], field["value"]) for field in asked_fields(asked)]
    response = _page(question, key, fields) if _shows_pages() else _entries(question, key, fields)
    response.vary.add("Accept")
    response.cache_control.no_cache = True
    return response


def _shows_pages() -> bool:
    """Whether who asks is a browser: it names HTML before feeds, as no reader of news does."""
    wanted = request.accept_mimetypes.best_match([MEDIA_TYPE, "text/html"], MEDIA_TYPE)
    return wanted == "text/html" and request.args.get("format") != "atom"


def _entries(question: Question, key: str, fields: Fields) -> Response:
    response = Response(mimetype=MEDIA_TYPE)
    build = _build()
    mark = sha256(f"{build}\n{key}".encode()).hexdigest()
    response.set_etag(mark)
    if mark not in request.if_none_match:
        feed = _feed(question, _places(question, key), urlencode(fields), build)
        response.set_data(atom(feed))
    response.make_conditional(request)
    return response


def _page(question: Question, key: str, fields: Fields) -> Response:
    entries = [citation_object(place) for place in _places(question, key)]
    query = urlencode(fields)
    page = render_template("feed.html", question=question.text, entries=entries, query=query)
    return make_response(page)


def _build() -> str:
    return current_service().index_info().build or ""


def _places(question: Question, key: str) -> tuple[Citation, ...]:
    kept = cast(KeptFeeds, current_app.extensions["feeds"])
    if (found := kept.get(key)) and found.build == _build():
        return found.places
    with aside("feeds", FEED_SECONDS):
        build, found = _build(), kept.get(key)
        if found is None or found.build != build:  # else found while this one waited
            found = Found(build, _asked(question, found.asked if found else ()))
            kept.put(key, found)
        return found.places


def _asked(question: Question, before: Sequence[AskedDocument]) -> tuple[AskedDocument, ...]:
    """The newest documents on the subject; of those asked before, only what changed is asked."""
    dated = [document for document in current_service().documents() if document.date]
    return asked_documents(_ask, question, dated, MOST_ASKED, before)


def _ask(question: Question) -> Answer:
    """Asks when it is the question's turn: each waits anew, so that people come in between."""
    keep_time()
    with admitted_service() as service:
        return service.ask(question)


def _feed(question: Question, places: tuple[Citation, ...], query: str, build: str) -> Feed:
    site = site_address()
    return Feed(
        question=question.text,
        places=places,
        title=current_settings().title,
        site=site,
        page=f"{site}?{query}",
        address=f"{site}feeds/answers.atom?{query}",
        updated=_built(build),
    )


def _built(build: str) -> datetime:
    """When a build was made, as its name tells."""
    try:
        return datetime.strptime(build[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
