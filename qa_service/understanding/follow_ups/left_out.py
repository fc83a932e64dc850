"""The words of earlier questions that a follow-up leaves out, as a model finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa_service.nouns.questions import Carried, Turn, Understood
from qa_service.stems import terms
from qa_service.understanding.collection_names import CollectionNames, names_in_full
from qa_service.understanding.follow_ups.antecedent import extended
from qa_service.understanding.times import years_in


class TermClassifier(Protocol):
    """The seam to a model that tells which terms of a conversation a question takes for known.

    The task is query resolution by term classification (Voskarides et al., SIGIR 2020).
    """

    def left_out(self, question: str, earlier: Sequence[str]) -> tuple[str, ...]:
        """Words of `earlier` questions, oldest first, that `question` needs to stand alone."""


def left_out(
    text: str, history: Sequence[Turn], names: CollectionNames, classifier: TermClassifier | None
) -> tuple[str, ...]:
    """What a question leaves out; no places, as these hold until others are named.

    Only where documents are told apart by places: elsewhere the talk as a whole, added to the
    search, finds as much.
    """
    earlier = [turn.text for turn in history if turn.role == "user"]
    if classifier is None or not earlier or not names.tell_apart:
        return ()
    found = classifier.left_out(text, earlier)
    known = {*terms(text), *(stem for said in earlier for stem in _of_places(said, names))}
    return tuple(word for word in found if not known.issuperset(terms(word)))


def with_words(
    text: str, found: Understood | None, words: Sequence[str]
) -> tuple[Understood | None, bool]:
    """A question, as rules completed it, with the words that it still lacks; and whether it
    lacked any."""
    said = found.text if found else text
    held = {*terms(said)}
    lacking = [
        word
        for word in words
        if not held.issuperset(terms(word)) and not (years_in(word) and years_in(said))
    ]
    if not lacking:
        return found, False
    added = " ".join(lacking)
    carried = found.carried if found else ()
    return Understood(extended(said, [added]), (*carried, Carried(added, "subject"))), True


def _of_places(said: str, names: CollectionNames) -> list[str]:
    """The stems of the places that a message names, written in short or in full."""
    texts = (said, names_in_full(said, names))
    return [stem for text in texts for item in names.places_in(text) for stem in terms(item.words)]
