"""Question -> Answer: retrieve, fuse, fold, find the evidence, decide, cite."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace

from threadpoolctl import threadpool_limits

from qa_service.answering.calibration.scoring_profile import (
    ScoringProfile,
    scoring_profile,
)
from qa_service.answering.calibration.stored import CurrentCalibration, calibration_file
from qa_service.answering.collection.catalogue import answer_from_catalogue, listed
from qa_service.answering.collection.every_mention import answer_by_mentions, with_mentions
from qa_service.answering.collection.places import find_mentions
from qa_service.answering.collection.stated_facts import find_facts
from qa_service.answering.conversation import (
    Asked,
    RememberingEncoder,
    in_conversation,
    parts_of,
    take_up,
    understood_as,
)
from qa_service.answering.declining.decline import decline
from qa_service.answering.evidence.confidence import Calibration, calibrated
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.match_explanation import explained
from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.one_answer import compared, searched, without_search
from qa_service.answering.parts import answer_in_parts
from qa_service.answering.ranking.conversation_context import Conversation, conversation_of
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import make_query
from qa_service.answering.resolving.opening import open_term_classifier
from qa_service.answering.spelling import Spelled, correct
from qa_service.answering.stopwatch import Stopwatch
from qa_service.answering.suggesting.offering import leading_on_from, to_begin_with
from qa_service.config import Settings
from qa_service.errors import DocumentWithdrawn, unknown_document
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.seam.opening import open_index
from qa_service.indexing.lookup.short_titles import ShortTitle
from qa_service.nouns.access import Groups
from qa_service.nouns.answers import Answer, Completion
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.lookups import Mentions, SearchResult, StatedFacts
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.nouns.results import IndexInfo
from qa_service.reading.language.known_words import english_words
from qa_service.translation.catalogue import _, speaking
from qa_service.understanding.follow_ups.left_out import TermClassifier
from qa_service.understanding.kinds import expectation_of


class AnswerService:
    """Answers questions from the build in use. Safe for many threads.

    Every method may raise NoIndex, DamagedBuild or ModelError.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        reader: PassageReader | None = None,
        classifier: TermClassifier | None = None,
    ) -> None:
        """Without a `reader` the best sentences are taken as they are ranked, without a
        `classifier` what a follow-up leaves out is known by rules alone."""
        self._settings = settings
        self._embedder = embedder
        self._remembering = RememberingEncoder(embedder)
        self._reader = reader
        self._classifier = classifier
        self._index = open_index(settings, embedder.name, embedder.fingerprint)
        self._calibration = CurrentCalibration(calibration_file(settings), self.profile)
        self._groups: Groups | None = None

    def seen_by(self, groups: Groups) -> AnswerService:
        """This service for somebody in these groups: as if the index held the documents that
        they may read, and no others."""
        seen = copy(self)
        seen._groups = groups
        return seen

    @property
    def model(self) -> str:
        """Name of the model that encodes questions."""
        return self._embedder.name

    @property
    def profile(self) -> ScoringProfile:
        """What its confidence comes from, before any calibration."""
        reader = self._reader.fingerprint if self._reader else ""
        embedder = self._embedder
        return scoring_profile(self._settings, embedder.name, embedder.fingerprint, reader)

    def ask(self, question: Question) -> Answer:
        """The passages that answer, cited; or a reason why there are none."""
        watch = Stopwatch()
        with speaking(question.language), self._opened() as opened:
            with watch.stage("spelling"):
                spelled = self._spelled(opened, question.text, question.spelling)
            with watch.stage("conversation"):
                corrected = replace(question, text=spelled.text)
                asked = take_up(opened, corrected, self._remembering, self._classifier)
            if reply := asked.parsed.reply:
                return decline(question, "small_talk", reply, (), opened.info, watch)
            if not opened.info.passages:
                hint = _(
                    "The index is empty. Put documents into %(folder)s and run: qa-service build",
                    folder=self._settings.corpus_dir,
                )
                return decline(question, "empty_index", hint, (), opened.info, watch)
            calibration = self._calibration.get() if self._settings.calibration else None
            answers = [self._one(opened, part, watch, calibration) for part in parts_of(asked)]
            answer = answers[0]
            if len(answers) > 1:
                answer = answer_in_parts(question.text, answers, question.limit)
            with watch.stage("suggesting"):
                suggestions = leading_on_from(opened, asked.question, asked.parsed, answer)
                answer = with_mentions(opened, asked.parsed, question.filters, answer)
            return replace(
                answer,
                question=question.text,
                corrections=spelled.corrections,
                suggestions=suggestions,
            )

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult:
        """The `limit` best passages for a query, best first.

        With `spelling` false no word of the query is taken for a mistyped one.
        """
        watch = Stopwatch()
        with self._opened() as opened:
            spelled = self._spelled(opened, query, spelling)
            expectation = expectation_of(spelled.text)
            made = make_query(spelled.text, self._remembering, expectation)
            hits = explained(opened, made, rank(opened, made, limit, filters, self._settings))
            took = watch.elapsed_ms
            return SearchResult(query, tuple(hits), opened.info, took, spelled.corrections)

    def mentions(
        self,
        query: str,
        limit: int | None = None,
        cursor: str | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Mentions:
        """Every place that mentions a word, a name or a phrase, a page of them; see
        find_mentions."""
        with self._opened() as opened:
            return find_mentions(opened, query, limit, cursor, filters)

    def facts(self, label: str, limit: int | None = None, cursor: str | None = None) -> StatedFacts:
        """What documents state of a label, a page of it; see find_facts."""
        with self._opened() as opened:
            return find_facts(opened, label, limit, cursor)

    def suggestions(self) -> tuple[str, ...]:
        """Questions that the documents answer, for somebody who has not asked yet."""
        with self._opened() as opened:
            return to_begin_with(opened)

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Up to `limit` questions, titles and headings whose words begin as those typed."""
        with self._opened() as opened:
            return opened.completions.complete(prefix, limit)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """All documents of the index, by title."""
        with self._opened() as opened:
            return opened.catalogue

    def places(self) -> Mapping[str, str]:
        """The place that the title of a document names, by its id, where it names one."""
        with self._opened() as opened:
            return opened.places_of_titles

    def short_titles(self) -> Mapping[str, ShortTitle]:
        """The title of each document as a list shows it, by its id."""
        with self._opened() as opened:
            return opened.short_titles

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]:
        """One document with its text. Raises DocumentNotFound.

        Of one that was withdrawn it is not known any more who might read it, so that is told only
        where nobody is asked who they are.
        """
        try:
            with self._opened() as opened:
                return opened.store.summary(document_id), opened.store.document(document_id)
        except DocumentWithdrawn:
            if self._groups is None:
                raise
            raise unknown_document(document_id) from None

    def index_info(self) -> IndexInfo:
        """Which build answers, how large it is, and what was refused in its favour."""
        with self._opened() as opened:
            return replace(opened.info, refused=self._index.refused)

    def close(self) -> None:
        """Lets go of the build in use."""
        self._index.close()

    def _opened(self) -> AbstractContextManager[OpenedBuild]:
        return self._index.reading(self._groups)

    def _spelled(self, opened: OpenedBuild, text: str, spelling: bool) -> Spelled:
        return correct(opened, text) if spelling and self._settings.spelling else Spelled(text)

    def _one(
        self,
        opened: OpenedBuild,
        asked: Asked,
        watch: Stopwatch,
        calibration: Calibration | None,
    ) -> Answer:
        """The answer to one question, of what kind it may be."""
        filters = asked.question.filters
        if answer := answer_by_mentions(opened, asked.parsed, filters, watch):
            return answer
        if catalogue := answer_from_catalogue(opened, asked.parsed.collection, filters):
            return listed(asked.parsed, catalogue, opened.info, watch)
        answer = self._answer(opened, asked, watch, calibration)
        return replace(answer, confidence=calibrated(answer.confidence, calibration))

    def _answer(
        self,
        opened: OpenedBuild,
        asked: Asked,
        watch: Stopwatch,
        calibration: Calibration | None,
    ) -> Answer:
        """Its confidence is raw; the calibration decides whether there is an answer."""
        with watch.stage("conversation"):
            conversation = conversation_of(opened, asked.history, self._remembering)
        parts = (opened, asked, conversation, watch, calibration)
        if asked.compares:
            finder = self._finder(asked.parsed.asked_of_each, *parts)
            if answer := compared(asked, finder):
                return replace(answer, understood=understood_as(asked, finder.query, answer))
        finder = self._finder(asked.question.text, *parts)
        answer = without_search(asked, finder) or searched(asked, finder)
        return replace(answer, understood=understood_as(asked, finder.query, answer))

    def _finder(
        self,
        text: str,
        opened: OpenedBuild,
        asked: Asked,
        conversation: Conversation | None,
        watch: Stopwatch,
        calibration: Calibration | None,
    ) -> Finder:
        with watch.stage("encoding"):
            expectation = asked.parsed.expectation
            if text != asked.question.text:
                expectation = replace(expectation, dates=())
            query = make_query(text, self._remembering, expectation)
        with watch.stage("conversation"):
            query = in_conversation(opened, query, asked, conversation, self._remembering)
        return Finder(
            opened, query, self._remembering, self._settings, watch, self._reader, calibration
        )


def open_service(settings: Settings) -> AnswerService:
    """The service as settings ask for it, with its models loaded. Raises ModelError."""
    # A question is too short to share out: with more threads, questions that arrive
    # together, or anything else at work on the machine, make each wait many times longer.
    threadpool_limits(1, user_api="blas")
    embedder = open_embedder(settings, threads=1)
    threadpool_limits(1, user_api="blas")
    if settings.spelling:
        english_words()  # now, so that no question waits for it
    reader, classifier = open_passage_reader(settings), open_term_classifier(settings)
    return AnswerService(settings, embedder, reader, classifier)
