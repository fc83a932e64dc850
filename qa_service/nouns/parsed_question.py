"""A question as it was understood: what everything after that reads, instead of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa_service.nouns.dates import Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Carried, Understood

Asks = Literal[
    "plain",
    "who",
    "when",
    "how many",
    "which documents",
    "yes or no",
    "comparison",
    "several",
    "small talk",
]
"""The kind of thing that a question asks for; `several` where it is more than one question."""

CollectionAsks = Literal["list", "count", "newest", "oldest", "mentions"]


@dataclass(frozen=True, slots=True)
class NamedDocuments:
    """A stretch of a question, and the ids of the documents that it names.

    `name` is what they write in its place where it is short for that (“Isle of Wight” for
    “IoW”), else "".
    """

    words: str
    document_ids: frozenset[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class CollectionQuestion:
    """What is asked of the collection: of documents of a kind (`noun`), on a topic or all ("").

    `topic` keeps the word that leads to it ("about fostering", "from 2023"). `mentioned` are
    words that their text is to hold, "" for any; `mentions` asks for every place of these.
    """

    asked: CollectionAsks
    noun: str
    topic: str
    mentioned: str = ""


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """The newest document, or the oldest, that a question speaks of: its words, the kind and the
    topic ("on adoption", "" for none) that it has.
    """

    words: str
    noun: str
    topic: str
    newest: bool

    def among(self, documents: Sequence[DocumentSummary]) -> tuple[DocumentSummary, ...]:
        """Those of the newest or oldest date; none where no document has a date."""
        dates = [document.date for document in documents if document.date]
        wanted = (max if self.newest else min)(dates, default=None)
        return tuple(item for item in documents if item.date and item.date == wanted)


@dataclass(frozen=True, slots=True)
class FactsOrder:
    """How the rows of a table of facts are sorted: by date, or by value; newest or highest first
    unless `ascending`."""

    by_value: bool = False
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class FactsQuestion:
    """What may be asked of facts of many documents.

    `words` are those of the question that name a label or a value, with what is between;
    `each` where it asks of every document, `which` where it may ask for those of a value;
    `graded` where it asks how they are judged, `for_grade` where for the grade of a thing;
    `latest` where only the newest of each place is meant; `counted` where it asks how many say
    something; `above` and `below` bound numbers.
    `nouns` say what the documents are, or are on (“reports”, “councils”).
    """

    words: str
    each: bool
    which: bool
    graded: bool = False
    for_grade: bool = False
    latest: bool = False
    counted: bool = False
    order: FactsOrder = FactsOrder()
    above: float | None = None
    below: float | None = None
    nouns: tuple[str, ...] = ()

    @property
    def is_bounded(self) -> bool:
        """Whether numbers above or below one are asked for."""
        return self.above is not None or self.below is not None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the words of a question let one expect of a sentence that answers it.

    `dates` are the years ("2016") and months ("2016-02") that it names; `date` where it asks
    when, `number` where how many, `count` where things are to be counted or ranked, `reasons`
    where it asks why, `actions` where what is to be done; `abbreviation` is one whose words it
    asks for, "" for none.
    """

    dates: tuple[str, ...] = ()
    date: bool = False
    number: bool = False
    count: bool = False
    reasons: bool = False
    actions: bool = False
    abbreviation: str = ""

    def without(self, stretches: Sequence[str]) -> Expectation:
        """The same of the question without stretches of it, with which their years go."""
        left = (day for day in self.dates if not any(day[:4] in words for words in stretches))
        return replace(self, dates=tuple(left))


NOTHING_EXPECTED = Expectation()


@dataclass(frozen=True, slots=True)
class DefiningQuestion:
    """The term whose meaning is asked for; not `plainly` where something else may be meant:
    “What is the service charge?” may ask for its amount."""

    term: str
    plainly: bool


@dataclass(frozen=True, slots=True)
class SpeakingQuestion:
    """The name of somebody whose words are asked for, and the topic, "" for any."""

    who: str
    topic: str


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """What kind of part is asked for (“clause”), by which number (“2.2”), as they are typed."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question with all that is understood of it.

    `typed` is what was typed, `text` the same standing alone after its conversation. `subject` is
    what it is about ("" where that is nothing by name); `titles` and `places` are stretches of
    `text` that name documents, `places` also bodies; `subjects`, where there are none of these, are
    names that a few documents bear where they begin; `unknown` are names that no document bears;
    `periods` in order; `speaks_of` documents that it describes ("the latest report"),
    `collection` what it asks of the collection itself. `of_documents` says whether it asks what
    documents say, so that a bare year means theirs; `asked_of_each` is the question as each
    side of a comparison is asked it, without what tells them apart: times, or where it
    `compares_places` these too; `expressly_compares` holds where the conversation asked for one.
    `carried` is what was taken over from the conversation, empty where nothing was; it was
    `filled` where a model found words of earlier questions that it lacked. `facts` is
    what it may ask of facts of many documents; `of_now` holds where it asks how things are, of
    no time that it names. `expectation` is what it lets one expect of a sentence; the whole of
    it may ask for the meaning of a term (`defining`), a `numbered` part, what somebody says
    (`speaking`) or what is said of a topic (`told_topic`, "" for none), or when a document was
    published (`of_publication`).
    `reply` is what is said to small talk, `parts` are its questions where there are several.
    """

    typed: str
    text: str
    asks: Asks = "plain"
    subject: str = ""
    titles: tuple[NamedDocuments, ...] = ()
    places: tuple[NamedDocuments, ...] = ()
    subjects: tuple[NamedDocuments, ...] = ()
    unknown: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    speaks_of: DocumentReference | None = None
    collection: CollectionQuestion | None = None
    of_documents: bool = False
    expressly_compares: bool = False
    compares_places: bool = False
    asked_of_each: str = ""
    carried: tuple[Carried, ...] = ()
    filled: bool = False
    facts: FactsQuestion | None = None
    of_now: bool = False
    expectation: Expectation = NOTHING_EXPECTED
    defining: DefiningQuestion | None = None
    numbered: NumberedPart | None = None
    speaking: SpeakingQuestion | None = None
    told_topic: str = ""
    of_publication: bool = False
    reply: str | None = None
    parts: tuple[ParsedQuestion, ...] = ()

    @property
    def is_only_placed(self) -> bool:
        """Whether nothing was taken over but the place, and its date, that the talk is about."""
        kinds = {item.kind for item in self.carried}
        words = self.typed.rstrip(" ?.!").split()
        endings = (" ".join(words[first:]) for first in range(len(words)))
        said = any(self.text.startswith(ending) for ending in endings)
        return bool(kinds) and kinds <= {"place", "date"} and said

    @property
    def understood(self) -> Understood | None:
        """How a follow-up was read; None where the question is taken as typed."""
        return Understood(self.text, self.carried) if self.text != self.typed else None
