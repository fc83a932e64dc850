"""Answers to questions about the collection itself, from what is known of its documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.collection.mentions import documents_mentioning
from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.stopwatch import Stopwatch
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Answer, Catalogue
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import CollectionQuestion, ParsedQuestion
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import IndexInfo
from qa_service.stems import terms
from qa_service.translation.catalogue import N_, _, date_words, ngettext
from qa_service.understanding.times import joined, named_periods, of_period

MOST_LISTED = 50
"""Of more documents the newest are listed; `total` counts all."""

MOST_MENTIONED = 5
"""Who asks which documents mention more words than these asks for a statement, not for words."""
LONGEST_MENTIONED = 20
"""Words, those of a place and a time behind it counted."""

_ANY_DOCUMENT = ("document", "doc", "file", "page", "report")
_SPEAKING_OF = re.compile(r"\b(?:on|about|regarding|concerning|covering)\b", re.IGNORECASE)
_DATED = re.compile(r"\b(?:published|dated|made|that (?:are|were))\b", re.IGNORECASE)
_SETTING = re.compile(
    r"\s(?=(?P<setting>(?:in|from|for|on|since|before|after|between|until|during)\s.+))",
    re.IGNORECASE,
)
QUOTATION_MARKS = " \"'“”‘’"

Documents = Sequence[DocumentSummary]


@dataclass(frozen=True, slots=True)
class _Meant:
    """The documents that a question means, and how to say so ("on Doncaster").

    `kind` is what stands in their titles, where the question asks for one ("inspections"),
    `mentioned` what stands in their text, its words `apart` or not; so many `more` hold them
    apart.
    """

    documents: Documents
    words: str = ""
    kind: str = ""
    mentioned: str = ""
    apart: bool = False
    more: int = 0


def answer_from_catalogue(
    opened: OpenedBuild, asked: CollectionQuestion | None, filters: Filters
) -> Catalogue | None:
    """The documents that the question asks for, newest first; None where it asks something else.

    That is also where no document is on what it names: then the passages may know more.
    The filters hold.
    """
    if asked is None or asked.asked == "mentions":
        return None
    allowed = [document for document in opened.catalogue if filters.admits(document)]
    meant = (
        _mentioning(opened, asked, allowed) if asked.mentioned else _meant(opened, asked, allowed)
    )
    if meant is None or _may_be_counted_in_text(asked, meant):
        return None
    return _ANSWERS[asked.asked](meant)


def _may_be_counted_in_text(asked: CollectionQuestion, meant: _Meant) -> bool:
    """Whether no document is meant, and what documents go by here may be a thing that they
    count: “How many visits were there in 2022?”."""
    plain = asked.noun.removesuffix("s") in ("", *_ANY_DOCUMENT)
    return not (meant.documents or asked.mentioned or plain)


def listed(
    parsed: ParsedQuestion, catalogue: Catalogue, index: IndexInfo, watch: Stopwatch
) -> Answer:
    """An answer that quotes nothing and lists documents."""
    return Answer(
        kind="documents",
        question=parsed.typed,
        standalone_question=parsed.text,
        confidence=0.0,
        reason=None,
        quotes=(),
        citations=(),
        hits=(),
        index=index,
        took_ms=watch.elapsed_ms,
        stages=watch.stages,
        hint=catalogue.text,
        catalogue=catalogue,
        understood=parsed.understood,
    )


def documents_on(opened: OpenedBuild, noun: str, topic: str) -> Documents:
    """The documents that are on a topic ("on adoption"), as a question for them lists them."""
    meant = _meant(opened, CollectionQuestion("list", noun.lower(), topic), opened.catalogue)
    return meant.documents if meant else ()


def _meant(opened: OpenedBuild, asked: CollectionQuestion, allowed: Documents) -> _Meant | None:
    """The documents of the kind, time and topic asked for; None where the topic is of none."""
    periods = named_periods(asked.topic, NamesOfBuild(opened))
    period = joined(periods) if periods else None
    of_kind = _of_kind(asked.noun, allowed)
    kind = asked.noun if len(of_kind) < len(allowed) else ""
    documents = of_period(of_kind, period)
    topic = _DATED.sub(" ", _without_words(asked.topic, [period.words for period in periods]))
    if not set(terms(topic)):
        return _Meant(documents, asked.topic, kind)
    if named := opened.names.named_in(topic):
        ids = named_together(named)
        rest = _without_words(topic, [item.words for item in named])
        documents = [item for item in documents if item.id in ids]
        topic = rest if set(terms(rest)) else ""
    on_topic = _on_topic(opened, topic, documents) if topic else documents
    return _Meant(on_topic, asked.topic, kind) if on_topic else None


def _mentioning(
    opened: OpenedBuild, asked: CollectionQuestion, allowed: Documents
) -> _Meant | None:
    """The documents meant that hold the words that are to be mentioned side by side; where
    there are none, those in which a passage holds them all.

    None where no document does, unless their number is asked for: the passages may say it in
    other words.
    """
    if len(asked.mentioned.split()) > LONGEST_MENTIONED:
        return None
    asked = with_setting(opened, asked)
    stems, meant = set(terms(asked.mentioned)), _meant(opened, asked, allowed)
    if meant is None or not 0 < len(stems) <= MOST_MENTIONED:
        return None
    beside, apart = documents_mentioning(opened, asked.mentioned)
    said = [item for item in meant.documents if item.id in beside]
    others = [item for item in meant.documents if item.id in apart]
    if not said and not others and asked.asked != "count":
        return None
    words = asked.mentioned.strip(QUOTATION_MARKS)
    more = len(others) if said else 0
    return replace(meant, documents=said or others, mentioned=words, apart=not said, more=more)


def with_setting(opened: OpenedBuild, asked: CollectionQuestion) -> CollectionQuestion:
    """The question with the place and time that end what is mentioned as its topic.

    “neglect in Doncaster since 2020” is neglect, in documents of that place and time.
    """
    for found in _SETTING.finditer(asked.mentioned):
        setting = found["setting"]
        named = [item.words for item in opened.names.named_in(setting)]
        named += [period.words for period in named_periods(setting, NamesOfBuild(opened))]
        if named and not terms(_without_words(setting, named)):
            topic = f"{asked.topic} {setting}".strip()
            return replace(asked, topic=topic, mentioned=asked.mentioned[: found.start()])
    return asked


def _of_kind(noun: str, documents: Documents) -> Documents:
    """Those that the noun names by a word of their titles; all for words that any goes by."""
    if not noun or noun.removesuffix("s").endswith(_ANY_DOCUMENT):
        return documents
    wanted = set(terms(noun))
    return [item for item in documents if wanted <= set(terms(_description(item)))]


def _on_topic(opened: OpenedBuild, topic: str, documents: Documents) -> Documents:
    """Those whose title or keywords hold all words of a topic; else those with a passage that
    does, where the question says that they speak of it."""
    wanted = set(terms(topic))
    titled = [item for item in documents if wanted <= set(terms(_description(item)))]
    if titled or not _SPEAKING_OF.search(topic):
        return titled
    holding = opened.documents_of(opened.rows_with(wanted))
    return [item for item in documents if item.id in holding]


def _description(document: DocumentSummary) -> str:
    keywords = document.metadata.get("keywords", "")
    return re.sub(r"_", " ", f"{document.title} {keywords} {document.collection} {document.source}")


def _without_words(topic: str, stretches: Sequence[str]) -> str:
    for words in stretches:
        topic = topic.replace(words, " ", 1)
    return topic


def _newest_first(documents: Documents) -> list[DocumentSummary]:
    """By date, newest first, those without one at the end; by title within a date."""
    by_title = sorted(documents, key=lambda item: item.title)
    return sorted(by_title, key=lambda item: item.date or "", reverse=True)


def _list(meant: _Meant) -> Catalogue:
    return _catalogue(f"{_counted(meant)}.", _newest_first(meant.documents))


def _counted(meant: _Meant) -> str:
    """“There are 4 documents on Doncaster”."""
    count = len(meant.documents)
    if not count:
        return _ending(_("There is no document"), meant)
    return _ending(
        ngettext("There is %(number)s document", "There are %(number)s documents", count), meant
    )


def _ending(text: str, meant: _Meant) -> str:
    if meant.kind:
        text += _(" with “%(word)s” in the title or keywords", word=meant.kind)
    elif not meant.words and not meant.mentioned:
        text += _(" in the index")
    return text + _described(meant) + _forms(meant)


def _forms(meant: _Meant) -> str:
    """In which forms the documents hold what they mention."""
    if not meant.mentioned:
        return ""
    if meant.apart and meant.documents:
        return _(", its words apart and in any form")
    more = ngettext(
        "; %(number)s more holds them apart", "; %(number)s more hold them apart", meant.more
    )
    return _(", in any form of its words") + (more if meant.more else "")


def _described(meant: _Meant) -> str:
    """“ on Doncaster mentioning “neglect””, to go on behind a noun; "" for all documents."""
    on = _(" %(topic)s", topic=meant.words) if meant.words else ""
    mentioned = _(" mentioning “%(words)s”", words=meant.mentioned) if meant.mentioned else ""
    return on + mentioned


def _newest(meant: _Meant) -> Catalogue:
    one, many = (
        N_("The newest document%(on)s is “%(title)s”, %(day)s."),
        N_("The %(number)s newest documents%(on)s are of %(day)s."),
    )
    return _extreme(meant, (one, many), max)


def _oldest(meant: _Meant) -> Catalogue:
    one, many = (
        N_("The oldest document%(on)s is “%(title)s”, %(day)s."),
        N_("The %(number)s oldest documents%(on)s are of %(day)s."),
    )
    return _extreme(meant, (one, many), min)


def _extreme(
    meant: _Meant, texts: tuple[str, str], choose: Callable[[list[str]], str]
) -> Catalogue:
    """Those of the date chosen, in the text for one or for several."""
    dates = [document.date for document in meant.documents if document.date]
    if not dates:
        text = _("%(documents)s; none has a date.", documents=_counted(meant))
        return _catalogue(text, _newest_first(meant.documents))
    wanted = choose(dates)
    found = [document for document in meant.documents if document.date == wanted]
    values = {"on": _described(meant), "day": date_words(wanted), "title": found[0].title}
    text = _(texts[min(len(found), 2) - 1], number=len(found), **values)
    return _catalogue(text, found)


def _catalogue(text: str, documents: Documents) -> Catalogue:
    return Catalogue(text, tuple(documents[:MOST_LISTED]), len(documents))


_ANSWERS: dict[str, Callable[[_Meant], Catalogue]] = {
    "list": _list,
    "count": _list,
    "newest": _newest,
    "oldest": _oldest,
}
