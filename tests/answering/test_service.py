"""The answer service on a fake model: exact quotes, or a reason why there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import (
    FakeEmbedder,
    FakeReader,
    built_index,
    make_document,
)
from made_texts import prose

from qa_service.answering import service as service_module
from qa_service.answering.evidence import finding
from qa_service.answering.service import open_service
from qa_service.config import Settings
from qa_service.errors import DocumentNotFound, ModelError, NoIndex
from qa_service.indexing.keeping.manifest import current_build, read_manifest, write_manifest
from qa_service.indexing.lookup.words import WORDS_FILE
from qa_service.nouns.questions import Filters, Question

QUESTION = "What did inspectors recommend about quality assurance?"
FOREIGN = "Which zebra migrated across Antarctica yesterday?"


def test_a_question_is_answered_with_the_sentence_that_answers_it(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question(QUESTION))
    (citation,) = answer.citations
    assert answer.answered
    assert citation.quote.startswith("Inspectors recommended better quality assurance")
    assert (citation.document.id, citation.heading_path) == ("borders", ())
    assert answer.confidence >= Settings().minimum_confidence


@pytest.mark.parametrize("seed", range(5))
def test_every_quote_and_passage_is_its_documents_text_at_its_place(service_with, seed) -> None:
    documents = [make_document(prose(500, 10 * seed + at), f"d{at}") for at in range(4)]
    service = service_with(*documents)
    texts = {document.id: document.text for document in documents}
    answer = service.ask(Question(documents[0].text.split(".")[3], limit=8))
    assert answer.answered
    for quote in answer.citations:
        assert texts[quote.document.id][quote.start : quote.end] == quote.quote
    for passage in (hit.passage for hit in answer.hits):
        assert texts[passage.document_id][passage.start : passage.end] == passage.text


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_passages_fill_the_limit_though_many_are_duplicates(service_with, limit) -> None:
    copies = [make_document(f"{QUESTION} Yes. {prose(80)}", f"copy-{at}") for at in range(40)]
    others = [make_document(prose(80, seed), f"other-{seed}") for seed in range(1, 8)]
    answer = service_with(*copies, *others).ask(Question(QUESTION, limit=limit))
    assert len(answer.hits) == limit
    assert len(service_with().search(QUESTION, limit).hits) == limit


def test_two_reports_of_one_thing_are_both_cited_newest_first_at_any_limit(service_with) -> None:
    texts = {
        "2016-02-10": "In Borders inspectors graded the leadership of services as weak.",
        "2023-05-24": "In Borders inspectors graded the leadership of services as good.",
    }
    made = [make_document(text, f"of-{date}", date=date) for date, text in texts.items()]
    asked = Question("How was leadership of services graded?", limit=1)
    answer = service_with(*made).ask(asked)
    assert [item.document.date for item in answer.citations] == ["2023-05-24", "2016-02-10"]
    assert [quote.text for quote in answer.quotes] == list(texts.values())[::-1]


def test_a_question_the_documents_do_not_answer_keeps_the_nearest_passages(
    service_with, reports
) -> None:
    answer = service_with(*reports).ask(Question(FOREIGN, limit=2))
    assert (answer.answered, answer.reason) == (False, "no_evidence")
    assert (len(answer.hits), answer.citations) == (2, ())
    assert answer.hint
    assert 0 <= answer.confidence < Settings().minimum_confidence


def test_small_talk_is_answered_without_a_look_into_the_documents(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question("Hello!"))
    assert (answer.answered, answer.reason, answer.hits) == (False, "small_talk", ())
    assert answer.hint


def test_an_index_without_passages_says_that_it_is_empty(service_with) -> None:
    service = service_with(make_document(""))
    answer = service.ask(Question(QUESTION))
    assert (answer.answered, answer.reason) == (False, "empty_index")
    assert "qa-service build" in (answer.hint or "")
    assert service.search(QUESTION, 5).hits == ()


def test_filters_keep_other_documents_out_of_the_answer(service_with, reports) -> None:
    limited = Filters(collections=("schools",))
    answer = service_with(*reports).ask(Question(QUESTION, filters=limited))
    assert {hit.document.id for hit in answer.hits} == {"harbour"}
    assert not answer.answered


def test_a_filter_without_matches_is_no_evidence(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question(QUESTION, filters=Filters(date_from="2030-01-01")))
    assert (answer.reason, answer.hits) == ("no_evidence", ())


def test_the_settings_decide_how_certain_an_answer_must_be(service_with, reports) -> None:
    assert not service_with(*reports, minimum_confidence=1.0).ask(Question(QUESTION)).answered
    assert service_with(minimum_confidence=0.0).ask(Question(FOREIGN)).answered


def test_an_answer_names_the_build_it_comes_from(service_with, reports, index_dir) -> None:
    service = service_with(*reports)
    old = service.ask(Question(QUESTION)).index
    new = built_index(reports[:1], index_dir).manifest.build
    assert (old.documents, old.passages) == (3, 3)
    assert service.ask(Question(QUESTION)).index.build == service.index_info().build == new


def test_documents_are_listed_and_read(service_with, reports) -> None:
    service = service_with(*reports)
    summary, document = service.document("harbour")
    assert [item.title for item in service.documents()] == [
        "Borders joint inspection",
        "Harbour",
        "Library",
    ]
    assert (summary.id, document) == ("harbour", reports[1])
    with pytest.raises(DocumentNotFound):
        service.document("nobody")


@pytest.mark.parametrize(
    "use",
    [
        lambda service: service.ask(Question("Hello")),
        lambda service: service.search("harbour", 5),
        lambda service: service.documents(),
        lambda service: service.document("harbour"),
        lambda service: service.index_info(),
    ],
)
def test_before_the_first_build_there_is_no_index(service_with, use) -> None:
    with pytest.raises(NoIndex):
        use(service_with())


def test_the_index_of_another_model_is_not_searched(service_with, index_dir, reports) -> None:
    built_index(reports, index_dir, FakeEmbedder("another"))
    with pytest.raises(ModelError, match="another"):
        service_with().ask(Question(QUESTION))


@pytest.fixture
def fake_models(monkeypatch) -> None:
    """The fakes in place of both models."""
    monkeypatch.setattr(
        service_module, "open_embedder", lambda settings, **_: FakeEmbedder(settings.model)
    )
    monkeypatch.setattr(
        service_module,
        "open_passage_reader",
        lambda settings: FakeReader() if settings.reader else None,
    )


@pytest.mark.usefixtures("fake_models")
def test_a_service_opens_with_the_models_of_its_settings() -> None:
    assert open_service(Settings(model="some-model")).model == "some-model"
    assert open_service(Settings()).profile.reader_bits == 8
    assert open_service(Settings(reader=False)).profile.reader_bits == 0


OPENED = make_document(
    "The harbour school opened in 1912 with nine pupils. Its boats are old.", "harbour"
)


def test_the_words_that_answer_are_marked_in_the_quote(service_with) -> None:
    answer = service_with(OPENED, reader=FakeReader()).ask(Question("When has the school opened?"))
    (citation,) = answer.citations
    assert OPENED.text[slice(*citation.exact)] == "1912"
    assert citation.start <= citation.exact[0] < citation.exact[1] <= citation.end


def test_without_a_reader_no_words_are_marked(service_with) -> None:
    answer = service_with(OPENED).ask(Question("When has the school opened?"))
    assert [citation.exact for citation in answer.citations] == [None]


def test_the_reader_gets_no_more_places_than_the_settings_say(service_with, reports) -> None:
    reader = FakeReader()
    service = service_with(*reports, reader=reader, reader_places=2)
    assert service.ask(Question(QUESTION, limit=3)).answered
    assert len(reader.read_passages) == 2


def test_a_corrected_question_is_read_as_it_was_meant(service_with, reports) -> None:
    service = service_with(*reports, reader=FakeReader())
    answer, meant = service.ask(Question(MISTYPED)), service.ask(Question(QUESTION))
    assert answer.citations == meant.citations


def test_an_answer_says_how_long_each_stage_took(service_with, reports) -> None:
    service = service_with(*reports, reader=FakeReader())
    for asked in (QUESTION, FOREIGN):
        answer = service.ask(Question(asked))
        stages = ["spelling", "conversation", "encoding", "facts", "scope", "ranking"]
        stages += ["evidence", "reading", "agreeing"]
        assert list(answer.stages) == [*stages, "suggesting"]
        assert min(answer.stages.values()) >= 0
        assert sum(answer.stages[name] for name in stages) <= answer.took_ms


def test_small_talk_is_searched_for_nowhere(service_with, reports) -> None:
    stages = service_with(*reports).ask(Question("Hello!")).stages
    assert stages.keys() == {"spelling", "conversation"}


MISTYPED = "What did inspectors recommend about qualtiy assurance?"


def test_a_mistyped_question_is_answered_as_it_was_meant(service_with, reports) -> None:
    service = service_with(*reports)
    answer, meant = service.ask(Question(MISTYPED)), service.ask(Question(QUESTION))
    assert (answer.question, answer.standalone_question) == (MISTYPED, QUESTION)
    assert [(item.typed, item.taken) for item in answer.corrections] == [("qualtiy", "quality")]
    assert (answer.citations, answer.confidence) == (meant.citations, meant.confidence)
    assert service.search(MISTYPED, 2).hits == service.search(QUESTION, 2).hits


def test_spelling_is_off_where_the_question_or_the_settings_say_so(service_with, reports) -> None:
    service, without = service_with(*reports), service_with(spelling=False)
    for answer in (
        service.ask(Question(MISTYPED, spelling=False)),
        without.ask(Question(MISTYPED)),
    ):
        assert (answer.standalone_question, answer.corrections) == (MISTYPED, ())
    assert service.search(MISTYPED, 2, spelling=False).corrections == ()


def test_a_build_without_its_words_answers_what_was_typed(service_with, reports, index_dir) -> None:
    built_index(reports, index_dir)
    build = current_build(index_dir)
    (build / WORDS_FILE).unlink()
    manifest = read_manifest(build)
    others = {name: value for name, value in manifest.files.items() if name != WORDS_FILE}
    write_manifest(build, replace(manifest, files=others))
    answer = service_with().ask(Question(MISTYPED))
    assert (answer.standalone_question, answer.corrections) == (MISTYPED, ())


def test_every_passage_and_citation_says_why_it_matched(service_with, reports) -> None:
    service = service_with(*reports)
    answer = service.ask(Question(QUESTION))
    assert answer.citations[0].why == answer.hits[0].why
    assert answer.hits[0].why.shared_terms == ("inspectors", "recommend", "quality", "assurance")
    assert all(hit.why for hit in (*answer.hits, *service.search(QUESTION, 3).hits))


def test_a_passage_under_the_heading_asked_for_is_looked_into_though_others_rank_before(
    service_with, monkeypatch
) -> None:
    monkeypatch.setattr(finding, "EVIDENCE_HITS", 1)
    text = "The harbour has steps to the boats.\n\nSteps to take\n\nWash the deck."
    steps = make_document(text, "steps", headings=[(1, "Steps to take")])
    others = [make_document(f"Steps that we take number {at}.", f"other-{at}") for at in range(4)]
    service = service_with(*others, steps, minimum_confidence=0.0)
    answer = service.ask(Question("Which steps to take?", limit=1))
    assert answer.answered
    assert len(answer.hits) == 1
