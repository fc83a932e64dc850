"""A question and the conversation before it -> the question as it stands alone.

Rules, no model: what is missing is taken from the last question that said it, and the rest
stays in the words that were typed. What a follow-up says itself, a place, a time or a topic,
takes the place of its like in the question before, or stands for itself. Where documents are
told apart by places, the place that the talk is about, and the time that was named last, hold
until others are named; what was quoted last only comes first (answering/scope/scope_search.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.questions import MOST_TURNS, Turn, Understood
from qa_service.understanding.collection_names import CollectionNames, names_in_full
from qa_service.understanding.dating import with_full_years
from qa_service.understanding.documents.unknown_names import unknown_names
from qa_service.understanding.expectation import CIRCUMSTANCES, asked_kind
from qa_service.understanding.follow_ups.antecedent import Antecedent, FollowUp, spoken_of
from qa_service.understanding.follow_ups.collection_follow_up import about_collection
from qa_service.understanding.follow_ups.placing import Times, placed
from qa_service.understanding.follow_ups.pointing import pointing
from qa_service.understanding.follow_ups.referring import (
    asks_of_place,
    counting_again,
    fragment,
    goes_on,
    is_english,
    pronoun,
    with_report,
)
from qa_service.understanding.follow_ups.replacing import asked_again, completed, own_parts
from qa_service.understanding.follow_ups.time_follow_up import compared, spoken_time
from qa_service.understanding.lexicon import SAME_TIME, without_opener
from qa_service.understanding.small_talk import small_talk_reply
from qa_service.understanding.spoken_mentions import ASKING, Mention, content_words

LONGEST_MESSAGE = 2_000
"""Characters read of an earlier message."""
LONGEST_QUESTION = 300
"""Characters of an earlier question that are taken over."""


def stand_alone(text: str, history: Sequence[Turn], names: CollectionNames) -> Understood | None:
    """How a question is understood after a conversation; None where it is taken as typed."""
    before = spoken_of("", "", names)
    for turn in history[-MOST_TURNS:]:
        said = names_in_full(" ".join(turn.text[:LONGEST_MESSAGE].split()), names)
        if turn.role == "assistant":
            before = spoken_of(before.question, said, names, before)
        elif _says_something(said):
            question = _question_after(with_full_years(said), before, names)
            before = spoken_of(question, "", names, before)
    return _understood(text, before, before.when, names)


def _says_something(said: str) -> bool:
    """Whether a message asks, or names what it is about: not “ok”."""
    asks = not ASKING.isdisjoint(re.findall(r"\w+", said.lower()))
    return (asks or bool(content_words(said))) and not small_talk_reply(said)


def _question_after(said: str, before: Antecedent, names: CollectionNames) -> str:
    """What a later question may refer to, once this was asked.

    One that leans on the question before says nothing that the next could refer to.
    """
    understood = _understood(said, before, before.lasting, names)
    if understood and before.question and understood.text.startswith(before.question):
        return before.question
    return _shortened(understood.text if understood else said)


def _understood(
    text: str, before: Antecedent, when: Mention | None, names: CollectionNames
) -> Understood | None:
    """The question with what it leaves out; of the time `when`, if it has none of its own."""
    if not before.question or _stands_alone(text, before, names):
        return None
    text = text if fragment(text, names) else with_report(text, names)
    asked, time = spoken_time(text, before, names)
    if not (is_english(without_opener(asked)) or names.places_in(asked)):
        return None
    found = (
        about_collection(text, before, names)
        or compared(text, before, names)
        or _referring(asked, time, before, names)
    )
    if found is None and asked != text:
        found = Understood(asked, before.carried("subject", "place"))
    return placed(without_opener(asked), found, Times(time, when), before, names)


def _stands_alone(text: str, before: Antecedent, names: CollectionNames) -> bool:
    """Whether a question names its place, or something that no document bears, says what it asks,
    and points at nothing: the talk adds nothing to it, not even to its “now”."""
    if before.place is None or _leads_on(text, before, names):
        return False
    own = own_parts(text, None, before, names)
    place = own.get("place")
    named = (place is not None and place.known) or bool(unknown_names(text, names))
    return named and FollowUp(text, own, before, names).names_topic


def _leads_on(text: str, before: Antecedent, names: CollectionNames) -> bool:
    """Whether a text begins, points or counts as one that goes on does."""
    begins = text != without_opener(text) or fragment(text, names) is not None
    points = pronoun(text, names) is not None or bool(SAME_TIME.search(text))
    return begins or points or counting_again(text, before.question) != text


def _referring(
    text: str, time: Mention | None, before: Antecedent, names: CollectionNames
) -> Understood | None:
    """The question with what it leaves out, or only points at."""
    rest = None if goes_on(without_opener(text)) else fragment(text, names)
    bare = counting_again(without_opener(text), before.question)
    said = FollowUp(bare, own_parts(bare, time, before, names), before, names)
    if rest is not None and not _is_whole(text, rest, said):
        return completed(said, rest)
    if before.place and asks_of_place(bare) and asked_kind(before.question) in CIRCUMSTANCES:
        return None
    found = (None if said.names_topic else asked_again(said)) or pointing(said)
    return found or (None if bare == without_opener(text) else Understood(bare, ()))


def _is_whole(text: str, rest: str, said: FollowUp) -> bool:
    """Whether a few words say a known place and what is asked of it, with nothing that leads on
    from what was said before: “Hull school grades?”, not “and Hull schools?”."""
    place = said.own.get("place")
    leads_on = rest != text.strip(" ?.!,")
    return place is not None and place.known and said.names_topic and not leads_on


def _shortened(text: str) -> str:
    """A question without the many words around it."""
    if len(text) <= LONGEST_QUESTION:
        return text
    asked = [part for part in re.split(r"(?<=[.?!])\s+", text) if part.endswith("?")]
    return (asked or [text])[-1][:LONGEST_QUESTION]
