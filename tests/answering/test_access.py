"""What somebody is told is what they would be told if documents of other groups were not there."""

import pytest
from fakes import FakeEmbedder, built_index, make_document

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.nouns.questions import Question

MINUTES = make_document(
    "Board minutes\n\nThe board sold the harbour boats to Vellumore. Boats are sold in May.\n\n"
    "Treasurer: Glimmerfax",
    "minutes",
    title="Vellumore minutes",
    date="2024-05-01",
    headings=[(1, "Board minutes")],
    metadata={"access": "board"},
)
OPEN = (
    make_document(
        "The harbour school keeps boats in good repair. Boats sail in May.",
        "harbour",
        date="2023-05",
    ),
    make_document("The library opens at nine. Readers may borrow twelve books.", "library"),
)
QUESTIONS = (
    "Who bought the boats?",
    "What does Vellumore say?",
    "What does velumore say about boats?",
    "Which documents do you have?",
    "How many documents do you have?",
    "Which is the newest document?",
    "Where are boats mentioned?",
    "Who is the treasurer?",
    "What changed about boats over the years?",
)


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """One that holds the board's minutes too, seen by nobody in particular; and one without."""
    folder = tmp_path_factory.mktemp("access")
    built_index([MINUTES, *OPEN], folder / "all")
    built_index(OPEN, folder / "open")
    both = [
        AnswerService(Settings(index_dir=folder / it), FakeEmbedder()) for it in ("all", "open")
    ]
    yield both[0].seen_by(frozenset()), both[1]
    for service in both:
        service.close()


def told(service, text):
    answer = service.ask(Question(text))
    return (
        *(answer.kind, answer.reason, answer.hint, answer.missing, answer.nearest),
        *(answer.corrections, answer.suggestions, answer.quotes, answer.scope, answer.timeline),
        *(answer.catalogue, answer.facts, answer.index.documents, answer.index.passages),
        [(it.passage_id, it.start, it.end, it.exact, it.also_in) for it in answer.citations],
        [(hit.passage.id, hit.rank, hit.keyword_rank, hit.dense_rank) for hit in answer.hits],
    )


@pytest.mark.parametrize("text", QUESTIONS)
def test_answers_are_those_of_the_open_documents_alone(services, text):
    guarded, alone = (told(service, text) for service in services)
    assert guarded == alone


def test_lookups_are_those_of_the_open_documents_alone(services):
    guarded, alone = (
        (
            service.mentions("boats").counts,
            service.facts("treasurer").facts,
            service.documents(),
            service.places(),
            service.suggestions(),
            [service.complete(prefix, 8) for prefix in ("v", "min", "bo")],
        )
        for service in services
    )
    assert guarded == alone
