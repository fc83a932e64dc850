"""The last question that stands alone: what a follow-up may take over from it, or replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa_service.nouns.questions import Carried
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.lexicon import ASKING, DATING, PLACING, RANGING, STATES, says
from qa_service.understanding.mentions import Kind, Mention, content_words, mentions
from qa_service.understanding.times import years_in

NOWHERE = -1
"""Where a part begins that the question itself does not say."""

NO_DATE = Mention("date", "", NOWHERE, NOWHERE)
"""In the place of a date that goes."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a follow-up may refer to: the last question that stands alone, and the reply.

    `quoted` are the dates of the documents that the reply quotes, in its order, `on_place` of all
    on the place.
    """

    question: str
    parts: dict[Kind, Mention]
    reply: str
    quoted: tuple[str, ...] = ()
    on_place: tuple[str, ...] = ()

    def named(self, kind: Kind) -> Mention | None:
        """A part that the question itself says."""
        part = self.parts.get(kind)
        return part if part and part.start != NOWHERE else None

    @property
    def place(self) -> Mention | None:
        """The place by which the collection tells documents apart; None for others."""
        place = self.parts.get("place")
        return place if place and place.known else None

    @property
    def when(self) -> Mention | None:
        """The time spoken of: the date named, or that of the newest document quoted.

        It is the document's where a stretch of time was named, or a year that has none.
        """
        named = self.parts.get("date")
        there = {date[:4] for date in (*self.quoted, *self.on_place)}
        if self.quoted and (named is None or _ranges(named) or not there & {*years_in(named.text)}):
            return Mention("date", max(self.quoted)[:4], NOWHERE, NOWHERE, "in ")
        return named

    @property
    def lasting(self) -> Mention | None:
        """The time that a later question is still of, whatever was quoted since."""
        named = self.named("date")
        return None if named and _ranges(named) else named

    def carried(self, *without: Kind) -> tuple[Carried, ...]:
        """What is taken over; where that is nothing by name, the question itself."""
        kept = [part for kind, part in self.parts.items() if kind not in without]
        held = {part.kind for part in self.parts.values() if self.is_in_subject(part)}
        named = tuple(
            Carried(self._words_of(part, held & {*without}), part.kind)
            for part in kept
            if part.kind not in held
        )
        return named or (Carried(self.question.rstrip(" ?.!"), "subject"),)

    def is_in_subject(self, part: Mention) -> bool:
        """Whether the subject's words hold a part: the year in "the 2016 inspection"."""
        subject = self.parts.get("subject")
        return (
            subject is not None
            and part is not subject
            and subject.start <= part.start
            and part.end <= subject.end
        )

    def _words_of(self, part: Mention, without: set[Kind]) -> str:
        """The text of a part without what it holds of other kinds."""
        text = part.text
        for kind in without if part.kind == "subject" else ():
            text = text.replace(self.parts[kind].lead + self.parts[kind].text, "")
        return " ".join(text.split())

    def replaced(self, own: Mapping[Kind, Mention]) -> str:
        """The question with other parts; a part that it lacks is added at its end.

        A time counted from that spoken of stands ahead: “Before 2016: who led it?”.
        """
        question, added, ahead = self.question, [], ""
        for kind, part in sorted(own.items(), key=lambda item: -self._place_of(item[0])):
            old = self.named(kind)
            counted = part.start == NOWHERE and _ranges(part)
            ahead = part.lead.capitalize() + part.text if counted else ahead
            if old and not ("subject" in own and self.is_in_subject(old)):
                put = "" if counted else _put(old, part)
                question = question[: old.start] + put + question[old.end :]
            elif part.text and not counted:
                added.append(part.setting)
        said = extended(re.sub(r"^[\s:]+|\s+(?=[?.!]|$)|\s(?=\s)", "", question), added)
        return f"{ahead}: {small_letter(said)}" if ahead else said

    def _place_of(self, kind: Kind) -> int:
        return self.parts[kind].start if kind in self.parts else -1


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was typed after an antecedent, from where it asks, and the parts that it says itself."""

    text: str
    own: Mapping[Kind, Mention]
    before: Antecedent
    names: CollectionNames

    @property
    def rest(self) -> str:
        """What it says beside its place and its time."""
        return self.without_own(self.text)

    @property
    def names_topic(self) -> bool:
        """Whether it says what it is about, beside a place, a time and “the report”."""
        asks_what = says(self.text.lower().replace(" about", "about"), ("what", "which", "how"))
        states = frozenset[str]() if asks_what else STATES
        said = content_words(self.rest)
        return any(word not in states and not self.names.document_noun(word) for word in said)

    def without_own(self, text: str) -> str:
        """A text without the words of those parts."""
        for part in self.own.values():
            if part.start != NOWHERE:
                text = text.replace(self.text[part.start : part.end], "").replace(part.text, "")
        return re.sub(r"^['’]s?\s", "", " ".join(text.split())).strip(" ,?")


def spoken_of(question: str, reply: str, names: CollectionNames) -> Antecedent:
    """What a question, and the reply to it, leave to refer to; `question` may be "".

    Where the question names no place that documents are on, it is the one of the document that
    the reply quotes first.
    """
    parts = {part.kind: part for part in mentions(question, names)}
    quoted = tuple(names.quoted_dates(question, reply)) if question and reply else ()
    place = parts.get("place")
    unknown = question and names.tell_apart and not (place and place.known)
    if unknown and (named := names.quoted_place(question, reply)):
        parts["place"] = (
            replace(place, text=named, known=True)
            if place
            else Mention("place", named, NOWHERE, NOWHERE, "in ", known=True)
        )
    on_place = tuple(names.dates_on(parts["place"].text)) if "place" in parts else ()
    return Antecedent(question, parts, reply, quoted, on_place)


def _put(old: Mention, part: Mention) -> str:
    """What stands in the place of a part; bare before a noun, as in “the 2016 inspection”."""
    lead = part.lead if part.lead.strip().lower() in (*PLACING, *DATING) else ""
    return part.text and (old.lead and (lead or old.lead)) + part.text


def _ranges(date: Mention) -> bool:
    return date.lead.strip().lower() in RANGING


def extended(question: str, added: Sequence[str]) -> str:
    """A question with words added before the mark at its end."""
    said = question.rstrip(" ?.!")
    return " ".join([said, *added]) + question[len(said) :].strip()


def small_letter(text: str) -> str:
    """A text that goes on in a sentence, if a name does not begin it."""
    first = text.split()[0].lower()
    begins = first in ASKING or (first in STOPWORDS and first != "i")
    return text[0].lower() + text[1:] if begins else text
