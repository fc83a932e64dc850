"""Follow-ups through the whole service: understood, answered, shown, and undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, FakeReader, make_document

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.conversation import RememberingEncoder, after_talk
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Carried, Filters, Question, Turn

ASKED = "How was leadership graded in Borders in 2016?"


@pytest.fixture
def dated() -> list[Document]:
    """What was found in one place in two years."""
    texts = {
        "2016": "In Borders inspectors graded the leadership of services as weak.",
        "2023": "In Borders inspectors graded the leadership of services as good.",
    }
    return [
        make_document(text, f"of-{year}", title=f"Borders {year}", date=year)
        for year, text in texts.items()
    ]


def follow_up(text: str, *before: str, **members: object) -> Question:
    return Question(text, history=tuple(Turn("user", said) for said in before), **members)


def test_a_follow_up_is_answered_as_it_was_understood(service_with, dated) -> None:
    answer = service_with(*dated).ask(follow_up("and in 2023?", ASKED))
    assert answer.question == "and in 2023?"
    assert answer.standalone_question == "How was leadership graded in Borders in 2023?"
    assert [citation.document.id for citation in answer.citations] == ["of-2023"]


def test_before_that_asks_what_is_older_than_what_was_quoted(service_with, dated) -> None:
    service = service_with(*dated)
    first = service.ask(
        Question("How was the leadership of services graded in Borders since 2020?")
    )
    said = (Turn("user", "How was leadership graded in Borders?"),)
    said += (Turn("assistant", first.quotes[0].text),)
    answer = service.ask(Question("and before that?", said))
    assert answer.standalone_question == "Before 2023: how was leadership graded in Borders?"
    assert [citation.document.id for citation in answer.citations] == ["of-2016"]


def test_what_was_quoted_is_dated_by_the_documents_that_the_question_names(opened_with) -> None:
    texts = {"leeds": "The port of Leeds was seen by us.", "hull": "The port of Hull was closed."}
    opened = opened_with(
        make_document(texts["leeds"] + " We saw boats there.", title="Leeds", date="2016"),
        make_document(texts["hull"] + " We saw boats there.", "hull", title="Hull", date="2020"),
    )
    names = NamesOfBuild(opened)
    assert set(names.quoted_dates("What was seen?", "We saw boats there.")) == {"2016", "2020"}
    assert names.quoted_dates("What was seen in Hull?", "We saw boats there.") == ["2020"]
    assert names.quoted_dates("What was seen?", "Nothing of the kind.") == []


def test_what_many_documents_say_leads_to_the_one_of_which_most_was_quoted(opened_with) -> None:
    opened = opened_with(
        make_document("We saw boats there. The port was shut.", title="Leeds", date="2016"),
        make_document("We saw boats there. The port was new.", "h", title="Hull", date="2020"),
    )
    said = "We saw boats there. The port was new."
    assert NamesOfBuild(opened).quoted_dates("What was seen?", said) == ["2020"]


def test_dates_beside_are_those_of_documents_of_one_kind_and_place(opened_with) -> None:
    sources = {"survey_hull_1": "2016", "survey_hull_2": "2020", "letter_hull": "2018"}
    sources |= {f"survey_leeds_{number}": "2019" for number in range(4)}
    documents = [
        replace(make_document(f"In {place} we saw {name} boats.", name, title=f"On {place}"), **own)
        for name, date in sources.items()
        for place in [name.split("_")[1].title()]
        for own in [{"source": f"{name}.txt", "date": date}]
    ]
    names = NamesOfBuild(opened_with(*documents))
    said = "In Hull we saw survey_hull_2 boats."
    assert names.dates_beside("boats in Hull?", said) == ["2016", "2020"]


def test_an_answer_shows_what_was_carried_over(service_with, dated) -> None:
    understood = service_with(*dated).ask(follow_up("and in 2023?", ASKED)).understood
    assert understood is not None
    assert understood.text == "How was leadership graded in Borders in 2023?"
    assert Carried("Borders", "place") in understood.carried


def test_words_may_be_asked_as_typed(service_with, dated, reports) -> None:
    service = service_with(*dated, *reports)
    typed = service.ask(follow_up("and in 2023?", ASKED, follow_up=False))
    alone = service.ask(Question("and in 2023?"))
    assert (typed.understood, typed.standalone_question) == (None, "and in 2023?")
    assert [hit.passage.id for hit in typed.hits] == [hit.passage.id for hit in alone.hits]


def test_the_document_that_the_talk_stays_on_is_named(service_with, reports) -> None:
    service = service_with(*reports)
    answer = service.ask(follow_up("And how many?", "How many books may library readers borrow?"))
    assert answer.hits[0].document.id == "library"
    assert answer.understood is not None
    assert Carried("Library", "document") in answer.understood.carried


def test_a_first_question_is_taken_as_typed(service_with, dated) -> None:
    answer = service_with(*dated).ask(Question(ASKED))
    assert (answer.understood, answer.standalone_question) == (None, ASKED)


def test_a_question_about_something_else_carries_nothing_over(service_with, reports) -> None:
    asked = "When does the library open?"
    answer = service_with(*reports).ask(follow_up(asked, "What do Harbour school pupils learn?"))
    assert (answer.understood, answer.standalone_question) == (None, asked)
    assert answer.citations[0].document.id == "library"


def test_filters_hold_for_follow_ups_too(service_with, dated) -> None:
    service = service_with(*dated)
    only = service.ask(Question(ASKED)).hits[0].document.id
    asked = follow_up("tell me more", ASKED)
    limited = Filters(document_ids=(only,))
    filtered = service.ask(Question(asked.text, asked.history, filters=limited))
    assert {hit.document.id for hit in filtered.hits} == {only}


@pytest.mark.parametrize("said", ["", "?", "😀 \n", "x" * 50_000, "Ünïcödé 文書 it"])
def test_any_history_is_survived(service_with, reports, said) -> None:
    turns = tuple(Turn(role, said) for role in ("assistant", "user") * 20)
    service = service_with(*reports)
    assert service.ask(Question("When does the library open?", turns)).hits
    assert service.ask(Question("it?", turns)).hits


def test_no_message_is_encoded_twice() -> None:
    class Counting(FakeEmbedder):
        asked = 0

        def encode_query(self, text: str):
            self.asked += 1
            return super().encode_query(text)

    counting = Counting()
    encoder = RememberingEncoder(counting)
    assert (encoder.encode_query("boats") == encoder.encode_query("boats")).all()
    assert counting.asked == 1


def test_a_change_of_subject_takes_no_place_along(service_with, dated, reports) -> None:
    places = [
        make_document(f"In {place} boats were seen.", f"{place}-{year}", title=f"{place} {year}")
        for place in ("Hull", "Leeds", "Bury", "Derby")
        for year in ("2015", "2019")
    ]
    late = make_document("The library opens late in summer.", "summer")
    service = service_with(*dated, *reports[2:], late, *places)
    asked = "When does the library open, at nine?"
    answer = service.ask(follow_up(asked, ASKED))
    assert answer.standalone_question == asked
    stays = service.ask(follow_up("Was the leadership of services weak?", ASKED))
    assert stays.standalone_question == "Was the leadership of services weak in Borders in 2016?"


def test_what_only_documents_of_other_places_name_is_not_asked_of_the_place_spoken_of(
    service_with, dated
) -> None:
    hull = [
        make_document("In Hull Jan Edwards led them.", f"hull-{year}", title=f"Hull {year}")
        for year in (2015, 2019)
    ]
    service = service_with(*dated, *hull)
    for asked in ("whom did Jan Edwards lead?", "whom did jan edwards lead?"):
        assert service.ask(follow_up(asked, ASKED)).standalone_question == asked


def test_a_place_named_again_with_what_is_asked_is_of_no_year_spoken_of(
    service_with, dated
) -> None:
    answer = service_with(*dated).ask(follow_up("How was leadership graded in Borders?", ASKED))
    assert answer.standalone_question == "How was leadership graded in Borders?"


def test_what_was_quoted_last_comes_first_where_no_time_is_named(service_with) -> None:
    said = {"2016": "The crew of Hull was glad of its pay.", "2023": "The crew of Hull left."}
    more = "The boats of Hull leaked."
    service = service_with(
        *(
            make_document(f"{text} {more}", f"of-{year}", title=f"Hull {year}", date=year)
            for year, text in said.items()
        )
    )
    for year, text in said.items():
        talk = (Turn("user", "How was the crew of Hull?"), Turn("assistant", text))
        answer = service.ask(Question("did the boats leak?", talk))
        assert answer.hits[0].document.id == f"of-{year}"


def test_a_talk_stays_with_the_document_quoted_last_where_that_answers(service_with) -> None:
    sank = "The Heron sank off the quay. Two of the crew were hurt as the mast came down."
    burned = "The Gull burned. None of the crew were hurt, and no crew was hurt later."
    service = service_with(make_document(sank, "heron"), make_document(burned, "gull"))
    talk = (Turn("user", "what happened?"), Turn("assistant", "The Heron sank off the quay."))
    answer = service.ask(Question("were the crew hurt?", talk))
    assert {citation.document.id for citation in answer.citations} == {"heron"}


def test_a_question_that_names_its_place_is_answered_as_if_nothing_had_been_said(
    service_with, dated
) -> None:
    service = service_with(*dated)
    question = Question("How is leadership graded in Borders?")
    said = (Turn("user", "Who keeps the boats of the harbour?"), Turn("assistant", "Nobody."))
    alone, after = service.ask(question), service.ask(replace(question, history=said))
    assert after.standalone_question == question.text
    assert [hit.score for hit in after.hits] == [hit.score for hit in alone.hits]


def test_a_follow_up_is_read_after_what_was_said_and_alone(service_with, dated) -> None:
    reader = FakeReader()
    service = service_with(*dated, reader=reader)
    said = (Turn("user", ASKED), Turn("assistant", "Graded as weak."))
    service.ask(Question("and in 2023?", said))
    alone = "How was leadership graded in Borders in 2023?"
    assert reader.asked[:2] == [f"{ASKED} » Graded as weak. » {alone}", alone]


def test_a_follow_up_is_less_sure_than_the_same_question_asked_first(service_with, dated) -> None:
    service = service_with(*dated, reader=FakeReader())
    said = (Turn("user", ASKED), Turn("assistant", "Graded as weak."))
    after = service.ask(Question("and in 2023?", said))
    alone = service.ask(Question(after.standalone_question))
    assert after.confidence < alone.confidence


def test_a_question_that_is_asked_first_is_read_alone(service_with, dated) -> None:
    reader = FakeReader()
    service_with(*dated, reader=reader).ask(Question(ASKED))
    assert set(reader.asked) == {ASKED}


def test_of_a_long_talk_the_last_questions_and_the_last_reply_are_read() -> None:
    turns = [Turn(role, f"{role} {at}") for at in range(5) for role in ("user", "assistant")]
    assert after_talk("why?", turns) == "user 2 » user 3 » user 4 » assistant 4 » why?"
    assert after_talk("why?", turns[:-1]) == "user 2 » user 3 » user 4 » why?"
    assert len(after_talk("why?", [Turn("user", "a" * 5_000)])) < 200
