"""Whether a question leans on what was said before it: a fragment, a reply, one that goes on."""

from __future__ import annotations

import re

from qa_service.nouns.dates import YEAR
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    ASKING,
    AUXILIARY_WORDS,
    first_word,
    says,
    spoken_words,
    without_opener,
    word_set,
)
from qa_service.understanding.mentions import content_words, has_capital

LONGEST_FRAGMENT = 10
"""Words. More than these say a whole thing."""
MOST_BARE = 4
"""Words that name something, and ask of it what was asked before, without a word that says so."""
FEW_WORDS = 3
"""So many say nothing of their language: “life story work?”."""
LEAST_ENGLISH = 0.2
"""Share of English function words from which a longer text is taken for English."""

_OPENING = rule(
    "a fragment’s opening",
    r"(?:(?:what|how) about|same(?: \w+)? (?:for|as|in|with)|(?P<corrects>i (?:mean|meant)))\b\s*",
    "what about Leeds",
    "what Leeds did",
)
_ASKS = ASKING | AUXILIARY_WORDS | word_set("tell show explain describe give list i we")
"""Words that make a whole question."""
_REPLIES = word_set("yes yeah yep no nope not sure correct both neither i my we our they do")
"""What a reply to a question begins with."""
_GOES_ON = rule(
    "going on with the question before",
    r"(?:(?:since|until|by|from|for|to|with|in|of|at) )?(?:who|whom|when|where|what|which|why|how)"
    r"(?: (?:ones?|exactly|else|so|many|much|long|often|far))?|(?:who|which \w+) (?:says?|said) \w+"
    r"|(?:because|due to|despite|except|apart from|such as|for example|including)\b.+"
    r"|(?:(?:the|show|give|me) )*(?:(?:whole|full|complete|entire) \w+|more|the rest)(?: please)?",
    "since when",
    "when was it built",
    whole=True,
)


def fragment(typed: str, names: CollectionNames) -> str | None:
    """What a question without a verb names ("and in 2023?" -> "in 2023"); None if it is none."""
    text = without_opener(typed)
    opening = _OPENING.match(text)
    rest = text[opening.end() if opening else 0 :].strip(" ?.!,")
    numbered = any(map(str.isdigit, rest))
    if not (numbered or content_words(rest)) or says(rest, _ASKS):
        return None
    words = rest.split()
    if len(words) > LONGEST_FRAGMENT:
        return None
    if opening and opening["corrects"]:
        return rest if names.places_in(rest) or numbered or any(map(has_capital, words)) else None
    asks = typed.endswith("?") and rest.isascii() and not numbered
    bare = len(words) <= MOST_BARE and (asks or names.places_in(rest))
    return rest if text != typed or opening or rest.isdigit() or bare else None


def with_report(text: str, names: CollectionNames) -> str:
    """A text in which “the 2014 one” and “the Leeds one” are reports."""
    which = "|".join([YEAR, *(re.escape(item.words) for item in names.places_in(text))])
    return re.sub(rf"(?<=\bthe )({which}) one\b", r"\1 report", text)


def goes_on(text: str) -> bool:
    """Whether a text only goes on with the question before: "since when?", "because of that?"."""
    return bool(_GOES_ON.fullmatch(text.strip(" ?.!")))


def leans_on_question(text: str, last_reply: str) -> bool:
    """Whether a text says nothing without the question before: "Why?"."""
    if not any(map(str.isalnum, text)):
        return False
    if not content_words(text):
        return True
    asked = last_reply.rstrip().endswith("?")
    return asked and first_word(text) in _REPLIES and "?" not in text


def is_english(text: str) -> bool:
    """Whether enough of a text's words are English function words; few words may have none."""
    words = spoken_words(text)
    if text.isascii() and (len(words) <= FEW_WORDS or not ASKING.isdisjoint(words)):
        return True
    return sum(word in STOPWORDS for word in words) >= LEAST_ENGLISH * len(words)
