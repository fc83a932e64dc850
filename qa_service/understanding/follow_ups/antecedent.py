"""The last question that stands alone: what a follow-up may take over from it, or replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa_service.nouns.answers import Carried
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import NO_NAMES, CollectionNames
from qa_service.understanding.spoken_mentions import ASKING, Kind, Mention, mentions

NOWHERE = -1
"""Where a part begins that the question itself does not say."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a follow-up may refer to: the last question that stands alone, and the reply.

    `dates` are those last spoken of together with each place, by its name in small letters.
    """

    question: str
    parts: dict[Kind, Mention]
    reply: str
    dates: dict[str, Mention] = field(default_factory=dict)

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

    def replaced(self, own: dict[Kind, Mention]) -> str:
        """The question with other parts; a part that it lacks is added at its end."""
        question, added = self.question, []
        for kind, part in sorted(own.items(), key=lambda item: -self._place_of(item[0])):
            old = self.parts.get(kind)
            if old and old.start != NOWHERE and not ("subject" in own and self.is_in_subject(old)):
                # What stands bare before a noun goes on doing so: "the 2016 inspection".
                lead = old.lead and (part.lead or old.lead)
                question = question[: old.start] + lead + part.text + question[old.end :]
            else:
                added.append(part.setting)
        return extended(question, added)

    def within(self, date: Mention) -> str:
        """The question of documents of another date: “Before 2016: who led it?”."""
        old, said = self.parts.get("date"), self.question
        if old:
            said = said[: old.start].rstrip() + " " + said[old.end :].lstrip(" :")
        said = re.sub(r"\s+(?=[?.!,])", "", said.strip())
        return f"{date.lead.capitalize()}{date.text}: {small_letter(said)}"

    def _place_of(self, kind: Kind) -> int:
        return self.parts[kind].start if kind in self.parts else -1


def spoken_of(
    question: str,
    reply: str,
    names: CollectionNames = NO_NAMES,
    dates: Mapping[str, Mention] | None = None,
) -> Antecedent:
    """What a question, and the reply to it, leave to refer to; `question` may be "".

    Where the question names no place, it is the one that all documents are on which the reply
    quotes. `dates` are those of questions before.
    """
    parts = {part.kind: part for part in mentions(question, names)}
    placeless = question and "place" not in parts and names.tell_apart
    if placeless and (place := names.quoted_place(question, reply)):
        parts["place"] = Mention("place", place, NOWHERE, NOWHERE, "in ", known=True)
    known = dict(dates or {})
    if "place" in parts and "date" in parts:
        known[parts["place"].text.lower()] = parts["date"]
    return Antecedent(question, parts, reply, known)


def extended(question: str, added: Sequence[str]) -> str:
    """A question with words added before the mark at its end."""
    said = question.rstrip(" ?.!")
    return " ".join([said, *added]) + question[len(said) :].strip()


def small_letter(text: str) -> str:
    """A text that goes on in a sentence, if a name does not begin it."""
    first = text.split()[0].lower()
    begins = first in ASKING or (first in STOPWORDS and first != "i")
    return text[0].lower() + text[1:] if begins else text
