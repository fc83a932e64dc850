"""Each document is asked by itself, and the newest that answers comes first."""

from __future__ import annotations

from dataclasses import replace

from fakes import make_document

from qa_service.following.answering_documents import AskedDocument, asked_documents
from qa_service.nouns.questions import Filters, Question

REVIEW = "The quality of {0} reviews {1}. Nobody spoke of whales."
QUESTION = Question("What is the quality of reviews?")


def report(place: str, year: str | None, said: str):
    name = f"{place.lower()}-{year}"
    return make_document(REVIEW.format(place, said), name, title=f"Report on {place}", date=year)


def service_of(service_with):
    return service_with(
        report("Leeds", "2016", "was low in Leeds"),
        report("Leeds", "2023", "was high in Leeds"),
        report("Bury", "2019", "was fair in Bury"),
        report("Wigan", None, "was good in Wigan"),
        make_document("The library opens at nine.", "library", date="2020"),
        minimum_confidence=0.1,
    )


def found(service, question=QUESTION, **how) -> list[str]:
    asked = asked_documents(service.ask, question, service.documents(), **how)
    return [item.document.id for item in asked if item.place]


def counting(service):
    """A way to ask that keeps the documents of each question."""
    asked: list[set[str]] = []

    def ask(question):
        asked.append({*question.filters.document_ids})
        return service.ask(question)

    return ask, asked


def test_every_document_that_answers_is_found_newest_first(service_with) -> None:
    service = service_of(service_with)
    assert found(service) == ["leeds-2023", "bury-2019", "leeds-2016", "wigan-None"]


def test_a_place_that_is_named_and_filters_limit_them(service_with) -> None:
    service = service_of(service_with)
    assert found(service, Question("What is the quality of Leeds reviews?")) == [
        "leeds-2023",
        "leeds-2016",
    ]
    since = Filters(date_from="2019-01-01")
    assert found(service, Question(QUESTION.text, filters=since)) == ["leeds-2023", "bury-2019"]


def test_of_many_the_newest_are_asked(service_with) -> None:
    assert found(service_of(service_with), most=3) == ["leeds-2023", "bury-2019"]


def test_nothing_is_found_where_nothing_answers(service_with) -> None:
    assert found(service_of(service_with), Question("Which zebra migrated to Antarctica?")) == []


def test_documents_asked_before_are_not_asked_again_and_keep_their_place(service_with) -> None:
    service = service_of(service_with)
    whole = asked_documents(service.ask, QUESTION, service.documents())
    ask, asked = counting(service)
    assert asked_documents(ask, QUESTION, service.documents(), before=whole) == whole
    assert asked == [set()]


def test_what_is_new_is_asked_alone_and_found_as_if_all_were_new(service_with) -> None:
    service = service_of(service_with)
    whole = asked_documents(service.ask, QUESTION, service.documents())
    before = [item for item in whole if item.document.id != "bury-2019"]
    ask, asked = counting(service)
    assert asked_documents(ask, QUESTION, service.documents(), before=before) == whole
    assert asked == [set(), {"bury-2019"}]


def test_a_document_that_changed_is_asked_again(service_with) -> None:
    service = service_of(service_with)
    whole = asked_documents(service.ask, QUESTION, service.documents())
    changed = replace(whole[0].document, version="0" * 64)
    before = [AskedDocument(changed), *whole[1:]]
    assert asked_documents(service.ask, QUESTION, service.documents(), before=before) == whole


def test_a_document_that_is_gone_is_found_no_more(service_with) -> None:
    service = service_of(service_with)
    gone = AskedDocument(replace(service.documents()[0], id="gone"))
    asked = asked_documents(service.ask, QUESTION, service.documents(), before=[gone])
    assert "gone" not in [item.document.id for item in asked]
