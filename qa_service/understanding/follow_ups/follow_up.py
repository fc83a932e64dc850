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
from qa_service.understanding.documents.facts_questions import asks_how_it_is
from qa_service.understanding.follow_ups.antecedent import Antecedent, FollowUp, spoken_of
from qa_service.understanding.follow_ups.collection_follow_up import about_collection
from qa_service.understanding.follow_ups.comparisons import compared
from qa_service.understanding.follow_ups.counted_times import spoken_time
from qa_service.understanding.follow_ups.leaning import fragment, goes_on, is_english, with_report
from qa_service.understanding.follow_ups.placing import Times, placed
from qa_service.understanding.follow_ups.pointing import pointing
from qa_service.understanding.follow_ups.pronouns import pronoun
from qa_service.understanding.follow_ups.replacing import asked_again, completed, own_parts
from qa_service.understanding.kinds import CIRCUMSTANCES, asked_kind
from qa_service.understanding.lexicon import ASKING, says, without_opener
from qa_service.understanding.mentions import Mention, content_words
from qa_service.understanding.naming import unknown_names
from qa_service.understanding.small_talk import small_talk_reply
from qa_service.understanding.times import with_full_years, years_in

LONGEST_MESSAGE = 2_000
"""Characters read of an earlier message."""
LONGEST_QUESTION = 300
"""Characters of an earlier question that are taken over."""


def stand_alone(
    text: str, history: Sequence[Turn], names: CollectionNames, words: Sequence[str] = ()
) -> Understood | None:
    """How a question is understood after a conversation; None where it is taken as typed.

    Where `words` that it leaves out are known, no rule looks for what its pronoun stands for.
    """
    before = spoken_of("", "", names)
    for turn in history[-MOST_TURNS:]:
        said = names_in_full(" ".join(turn.text[:LONGEST_MESSAGE].split()), names)
        if turn.role == "assistant":
            before = spoken_of(before.question, said, names)
        elif _says_something(said):
            question = _question_after(with_full_years(said), before, names)
            before = spoken_of(question, "", names)
    return _understood(
        text, before, before.when, names, known=any(not years_in(it) for it in words)
    )


def _says_something(said: str) -> bool:
    """Whether a message asks, or names what it is about: not “ok”."""
    return (says(said, ASKING) or bool(content_words(said))) and not small_talk_reply(said)


def _question_after(said: str, before: Antecedent, names: CollectionNames) -> str:
    """What a later question may refer to, once this was asked.

    One that leans on the question before says nothing that the next could refer to.
    """
    understood = _understood(said, before, before.lasting, names)
    if understood and before.question and understood.text.startswith(before.question):
        return before.question
    return _shortened(understood.text if understood else said)


def _understood(
    typed: str,
    before: Antecedent,
    when: Mention | None,
    names: CollectionNames,
    *,
    known: bool = False,
) -> Understood | None:
    """The question with what it leaves out; of the time `when`, if it has none of its own."""
    if not before.question or _stands_alone(typed, before, names):
        return None
    text = typed if fragment(typed, names) else with_report(typed, names)
    asked, time = spoken_time(text, before, names)
    if not (is_english(without_opener(asked)) or names.places_in(asked)):
        return None
    found = (
        about_collection(text, before, names)
        or compared(text, before, names)
        or _referring(asked, time, before, names, known=known)
    )
    if found is None and asked != typed:
        found = Understood(asked, before.carried("subject", "place") if time else ())
    return placed(without_opener(asked), found, Times(time, when), before, names)


def _stands_alone(text: str, before: Antecedent, names: CollectionNames) -> bool:
    """Whether a question names its place, or something that no document bears, says what it asks,
    and points at nothing: the talk adds nothing to it, not even to its “now”."""
    if before.place is None or _leads_on(text, names):
        return False
    own = own_parts(text, None, before, names)
    place = own.get("place")
    named = (place is not None and place.known) or bool(unknown_names(text, names))
    return named and FollowUp(text, own, before, names).names_topic


def _leads_on(text: str, names: CollectionNames) -> bool:
    """Whether a text begins or points as one that goes on does."""
    begins = text != without_opener(text) or fragment(text, names) is not None
    points = pronoun(text, names) is not None or with_report(text, names) != text
    return begins or points


def _referring(
    text: str,
    time: Mention | None,
    before: Antecedent,
    names: CollectionNames,
    *,
    known: bool,
) -> Understood | None:
    """The question with what it leaves out, or only points at, unless that is `known`."""
    bare = without_opener(text)
    rest = None if goes_on(bare) else fragment(text, names)
    said = FollowUp(bare, own_parts(bare, time, before, names), before, names)
    if rest is not None and not _is_whole(text, rest, said):
        return completed(said, rest)
    again = not said.names_topic
    if before.place and again and _asks_of_place(bare, before):
        return None
    return (asked_again(said) if again else None) or pointing(said, known=known)


def _asks_of_place(text: str, before: Antecedent) -> bool:
    """Whether a text asks how it is at a place, after who did something there, or when."""
    return asks_how_it_is(text) and asked_kind(before.question) in CIRCUMSTANCES


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
