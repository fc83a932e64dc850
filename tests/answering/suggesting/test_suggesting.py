"""Suggested questions are answered by the documents, differ, and lead on."""

from __future__ import annotations

import json

import pytest
from fakes import FakeEmbedder, build_here, make_document

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.suggesting.offering import leading_on, leading_on_from, to_begin_with
from qa_service.answering.suggesting.salient import salient_phrases
from qa_service.answering.suggesting.suggesting import suggest
from qa_service.config import Settings
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.lookup.suggested import SUGGESTED_FILE, SuggestedQuestion
from qa_service.nouns.questions import Filters, Question
from qa_service.stems import terms
from qa_service.understanding.parsing import parse

WHAT = "How a harbour inspection works"
WORKS = "A harbour inspection works as harbour inspectors work"
HARBOUR = f"{WHAT}\n\n{WORKS}: a harbour inspection of boats."


def harbour(name: str = "harbour"):
    return make_document(HARBOUR, name, title=WHAT, headings=[(1, WHAT)])


def asked(text: str, document_id: str = "a") -> SuggestedQuestion:
    return SuggestedQuestion(text, document_id, 0.9)


def texts_of(opened) -> list[str]:
    return [item.text for item in suggest(opened, FakeEmbedder(), Settings(), None)]


def test_a_heading_that_is_answered_is_suggested(opened_with) -> None:
    assert texts_of(opened_with(harbour())) == ["How does a harbour inspection work?"]


def test_an_answer_that_says_its_question_again_is_not_suggested(opened_with) -> None:
    document = make_document(f"{WHAT}\n\n{WORKS}.", title=WHAT, headings=[(1, WHAT)])
    assert texts_of(opened_with(document)) == []


def test_of_what_is_no_place_no_question_is_made_as_of_one(opened_with) -> None:
    text = HARBOUR.replace("harbour", "grant").replace("boats", "the Hearth Fund")
    heading = WHAT.replace("harbour", "grant")
    fund = make_document(text, "hearth", title="Hearth Fund", headings=[(1, heading)])
    others = [make_document(f"{name} is a fund.", name, title=name) for name in ("Oak", "Elm")]
    assert texts_of(opened_with(fund, *others)) == []


def test_what_the_documents_do_not_answer_is_not_suggested(opened_with) -> None:
    text = "What a whale committee does\n\nBoats are kept in repair by the school."
    opened = opened_with(
        make_document(text, headings=[(1, "What a whale committee does")], title="Boats")
    )
    assert texts_of(opened) == []


@pytest.mark.parametrize(("above", "asks"), [(WHAT, True), ("Where inspectors meet", False)])
def test_a_heading_is_suggested_where_what_stands_below_it_is_quoted(
    opened_with, above, asks
) -> None:
    text = HARBOUR.replace("\n\n", f"\n\nBoats come first, as we know.\n\n{above}\n\n")
    document = make_document(text, title=WHAT, headings=[(1, WHAT), (1, above)])
    assert texts_of(opened_with(document)) == ["How does a harbour inspection work?"] * asks


def test_a_definition_is_suggested_where_its_own_sentence_is_quoted(opened_with) -> None:
    defined = "Harbour audits are checks that inspectors make of harbour audits."
    longer = "Harbour audits are audits of what harbour audits are: harbour audits of audits."
    alone = make_document(defined, title="Checks")
    assert texts_of(opened_with(alone)) == ["What are harbour audits?"]
    newer = make_document(longer, "newer", title="Audits", date="2026")
    assert texts_of(opened_with(alone, newer)) == []


def test_no_question_is_suggested_twice(opened_with) -> None:
    assert len(texts_of(opened_with(harbour("one"), harbour("two")))) == 1


SUGGESTED = [
    asked("What is a learning review?", "a"),
    asked("Who leads the committee?", "b"),
    asked("How do committees use learning?", "c"),
]


@pytest.mark.parametrize(
    ("question", "cited", "suggested"),
    [
        ("Who asks for learning?", ["a"], [0, 2]),
        ("What is a learning review?", ["a"], [2]),
        ("Where does the committee meet on Mondays?", ["b"], [1, 2]),
        ("Where is the harbour?", ["b"], []),
    ],
)
def test_suggestions_lead_on_and_do_not_repeat(question, cited, suggested) -> None:
    expected = tuple(SUGGESTED[at].text for at in suggested)
    assert leading_on(SUGGESTED, [question], cited) == expected


def test_a_suggestion_that_shares_the_place_alone_does_not_lead_on() -> None:
    names = frozenset(terms("York"))
    suggested = [asked("Who leads the committee of York?"), asked("Who pays for boats in York?")]
    question = "Which boats and crews has York?"
    after = leading_on(suggested, [question], ["a"], names_in=lambda _: names)
    assert after == (suggested[1].text,)


def test_what_only_asks_in_the_same_way_does_not_lead_on() -> None:
    meant = [asked("What does “buoy” mean?"), asked("Who mends a quay?")]
    assert leading_on(meant, ["What does “quay wall” mean?"], ["a"]) == (meant[1].text,)


def test_what_a_quote_speaks_of_leads_on_from_it() -> None:
    after = leading_on(SUGGESTED, ["Where is the harbour?"], [], quotes=["A committee leads."])
    assert after == (SUGGESTED[1].text,)


def test_after_a_question_on_a_place_nothing_is_suggested_of_all_documents(
    service_with, index_dir
) -> None:
    of_all = asked("What do the documents say about quay walls?", "York")
    at_york = asked("What do the documents say about quay walls in York?", "York")
    documents = [
        make_document(f"The quay walls in {town} are old quay walls of boats.", town, title=town)
        for town in ("York", "Leeds", "Hull")
    ]
    build_here(documents, index_dir, FakeEmbedder(), suggest=lambda *_: [of_all, at_york])
    service = service_with()
    assert service.ask(Question("Are walls old in York?")).suggestions == (at_york.text,)
    assert service.ask(Question("Are walls old in Leeds?")).suggestions == ()


def test_few_of_one_document_are_suggested_to_begin_with(opened_with) -> None:
    opened = opened_with(harbour())
    things = ("boats", "lamps", "ropes")
    opened.suggested = tuple(asked(f"What do the documents say about {it}?") for it in things)
    assert to_begin_with(opened) == tuple(item.text for item in opened.suggested[:2])


@pytest.mark.parametrize(("begins", "asks"), [("The", True), ("the", False)])
def test_what_is_said_of_a_thing_at_a_place_is_suggested_where_a_sentence_says_it(
    opened_with, begins, asks
) -> None:
    text = "{1} quay walls in {0} are old, and of quay walls in {0} two; in quay walls, boats."
    towns = ("Ashby", "Carrow", "Dunmere")
    documents = [make_document(text.format(town, begins), town, title=town) for town in towns]
    suggested = texts_of(opened_with(*documents))
    expected = {f"What do the documents say about quay walls in {it}?" for it in towns}
    assert (expected <= {*suggested}) == asks


def test_what_was_asked_before_is_not_suggested_again() -> None:
    history = ["What is a learning review?", "Who asks for learning?"]
    assert "What is a learning review?" not in leading_on(SUGGESTED, history, ["a"])


def test_suggestions_keep_to_the_filters() -> None:
    assert leading_on(SUGGESTED, ["Who pays for learning?"], ["a"], allowed=["c"]) == (
        SUGGESTED[2].text,
    )


def test_a_build_keeps_its_suggestions_while_no_document_changes(index_dir) -> None:
    calls: list[int] = []

    def suggest_one(*_: object) -> list[SuggestedQuestion]:
        calls.append(1)
        return [asked("How?")]

    for documents in ([harbour()], [harbour()], [harbour(), harbour("two")]):
        build_here(documents, index_dir, FakeEmbedder(), suggest=suggest_one)
    stored = json.loads((current_build(index_dir) / SUGGESTED_FILE).read_text("utf-8"))
    assert (len(calls), stored[0]["text"]) == (2, "How?")


def test_the_service_suggests_before_and_after_a_question(service_with, index_dir) -> None:
    suggested = [asked("Who pays for the harbour?", "x"), asked("What do whales eat?", "y")]
    build_here([harbour()], index_dir, FakeEmbedder(), suggest=lambda *_: suggested)
    service = service_with()
    assert service.suggestions() == ("Who pays for the harbour?", "What do whales eat?")
    answer = service.ask(Question("How does a harbour inspection work?"))
    assert answer.suggestions == ("Who pays for the harbour?",)
    filters = Filters(document_ids=("nothing",))
    assert service.ask(Question("How does it work?", filters=filters)).suggestions == ()


def test_phrases_are_things_that_several_documents_speak_of() -> None:
    texts = ["The care leavers, and the senior leaders, and the boats.", "Of care leavers."] * 3
    assert salient_phrases(texts, 5) == ["care leavers", "senior leaders"]


def test_nothing_is_offered_again_for_another_place(opened_with, monkeypatch) -> None:
    places = ("York", "Leeds", "Kingston upon Hull")
    opened = opened_with(
        *(make_document(f"The harbour of {it} has boats.", it, title=it) for it in places)
    )
    improve = [asked(f"What needs to improve in {place}?", place) for place in places]
    monkeypatch.setattr(opened, "suggested", [*improve, asked("Who pays for the harbour?", "York")])
    assert to_begin_with(opened) == (improve[0].text, "Who pays for the harbour?")
    names = frozenset(terms(" ".join(places)))
    after = leading_on(improve, ["Must schools improve?"], [], names_in=lambda _: names)
    assert after == (improve[0].text,)


class Suggesting:
    """Notes what it is asked for, and suggests one question of every new document."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[str], set[str] | None]] = []

    def __call__(self, opened, kept=(), among=None) -> list[SuggestedQuestion]:
        self.calls.append(([item.document_id for item in kept], among))
        new = [item.id for item in opened.catalogue if among is None or item.id in among]
        return [*kept, *(asked(f"What of {name}?", name) for name in new)]


def test_suggestions_are_made_of_new_documents_and_kept_of_the_others(index_dir) -> None:
    suggesting = Suggesting()
    one, two, three, four = (
        make_document(f"Text of {name}.", name) for name in ("one", "two", "three", "four")
    )
    for documents in ([one, two, three], [one, three, four], [one, three]):
        build_here(documents, index_dir, FakeEmbedder(), suggest=suggesting)
    assert suggesting.calls == [([], None), (["one", "three"], {"four"})]
    stored = json.loads((current_build(index_dir) / SUGGESTED_FILE).read_text("utf-8"))
    assert [item["document_id"] for item in stored] == ["one", "three"]


def test_where_most_documents_are_new_all_suggestions_are(index_dir) -> None:
    suggesting = Suggesting()
    for names in (["one"], ["one", "two", "three"]):
        documents = [make_document(f"Text of {name}.", name) for name in names]
        build_here(documents, index_dir, FakeEmbedder(), suggest=suggesting)
    assert suggesting.calls == [([], None), ([], None)]


def test_kept_suggestions_stay_beside_new_ones(opened_with) -> None:
    opened = opened_with(harbour(), make_document("Whales eat fish.", "whales"))
    kept = [asked("What do whales eat?", "whales")]
    found = suggest(opened, FakeEmbedder(), Settings(), None, kept, {"harbour"})
    assert [item.document_id for item in found] == ["whales", "harbour"]


def test_what_leads_on_stays_on_the_place_that_is_named(service_with, monkeypatch) -> None:
    york, leeds = (
        make_document(f"The harbour of {name} has boats.", name.lower(), title=f"Harbour of {name}")
        for name in ("York", "Leeds")
    )
    offered = [
        asked("Who sails from this harbour?", "york"),
        asked("Who rows into this harbour?", "leeds"),
    ]
    service = service_with(york, leeds)
    with service._index.reading() as opened:
        monkeypatch.setattr(opened, "suggested", offered)
        answer = service.ask(Question("What does the harbour of York have?"))
        assert answer.answered
        asked_next = Question("What boats has the harbour of York?")
        parsed = parse(asked_next.text, (), NamesOfBuild(opened))
        assert leading_on_from(opened, asked_next, parsed, answer) == (offered[0].text,)
