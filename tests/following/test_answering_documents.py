"""Each document is asked by itself, and the newest that answers comes first."""

from __future__ import annotations

from fakes import make_document

from qa_service.following.answering_documents import best_places
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
    places = best_places(service.ask, question, service.documents(), **how)
    return [place.document.id for place in places]


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
