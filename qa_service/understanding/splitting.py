"""Several questions in one message, taken apart: each is parsed and answered by itself."""

from __future__ import annotations

import re

from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    ASKING,
    AUXILIARIES,
    AUXILIARY_WORDS,
    first_word,
    says,
    without_opener,
)
from qa_service.understanding.mentions import content_words

MOST_PARTS = 4
"""A message of more questions is taken whole."""

_BARE = r"(?:when|where|by\s+whom)(?=\s*(?:[,;?]|$|and\b))"
"""A question that says nothing else: “who led it, when, and …”."""
_QUESTION = (
    rf"(?:(?:(?:by\s+)?when|where|why|how|whom|whose)(?:\s+{AUXILIARIES}|['’]s)\b"
    r"|how\s+(?:much|many|long|often|old|far|big|large)\b"
    r"|who\s+(?!(?:he|she|it|they|we|you|i|the|a|an|their|this|that|to)\b)\w+"
    rf"|(?:who|what)['’]s\b|(?:what|which(?:\s+\w+)?)\s+(?:still\s+|else\s+)?"
    rf"(?:{AUXILIARIES}\b|\w+(?:ed|s)\b|led\b|wrote\b|made\b)"
    rf"|(?:what|which)\s+(?:\w+\s+){{1,2}}{AUXILIARIES}\b"
    rf"|(?:what|which)\s+\w+(?=\s*\?|\s*$|\s+(?:for|of|on)\s)|{_BARE})"
)
_BETWEEN = rule(
    "where the next question begins",
    rf"\s*(?:[,;]\s*)?\band\s+(?:also\s+)?(?={_QUESTION}|{AUXILIARIES}\s+(?:it|they|there)\b)"
    rf"|\s*[,;]\s+and\s+(?={AUXILIARIES}\s+\w)|\s*[,;]\s+(?={_QUESTION})",
    "Who led it and when was it?",
    "Who led it and why?",
)
"""Where a question goes on to the next: “who led it, when was it and …”, not “how and why”."""
_AHEAD = rule(
    "what is said ahead of questions",
    rf"[^:?–]{{3,60}}(?::|\s[–-])\s+(?={_QUESTION}|{AUXILIARIES}\s)",
    "Leeds 2018: who led it?",
    "Leeds 2018: good",
)
"""What all questions of a message are about: “Leeds 2018: who led it and what was wrong?”."""
_NO_THING = (
    rf"(?:{_QUESTION}|{AUXILIARIES}\b|\d"
    r"|(?:and|or|in|at|on|about|with|any|all|the|a|than|please)\b)"
)
_THING = rf"(?!{_NO_THING})[\w'’-]+(?:\s+(?!{_NO_THING})[\w'’-]+){{0,3}}"
_LISTED = rule(
    "things listed that are asked for",
    rf"(?P<ahead>(?:(?!\b{_QUESTION})[^:?–,]){{3,60}}(?::|\s[–-])\s+)"
    rf"(?P<asked>{_THING}(?:,\s+{_THING}){{1,3}}(?:,?\s+and\s+{_THING})?)(?:[\s,]*please)?[\s.?!]*",
    "Leeds 2018 – date, grade, lead inspector please",
    "Leeds – children who are missing or at risk",
    whole=True,
)
"""“Leeds 2018: date, grade and lead inspector”, where all is said of one thing."""
_COMMA = rule("what parts a list", r",?\s+and\s+|,\s+", "date, grade", "date or grade")
_ENDED = rule("where a question ends", r"(?<=\?)\s+(?=\w)", "Who led it? And when?", "Who led it?")
"""Where a question ends and more follows: “Who led it? And when?”."""
_BEGINNINGS = ASKING | AUXILIARY_WORDS | {"and", "or", "so", "but", "also"}
"""How a part that asks begins: “when was it”, not “My nephew keeps running away”."""
_ASKS_OF_IT = rule(
    "asking of what was spoken of",
    rf"^\W*(?:when|where|how|who|what)\s+{AUXILIARIES}\s+(?:it|they|he|she)\b",
    "when was it",
    "when is the fair",
)
_ASKED_OF = rule(
    "what a first question asks of",
    rf"^\W*(?:(?:who|when|where|(?:what|which)(?:\s+(?!{AUXILIARIES})\w+)?)\s+)?"
    rf"(?P<of>{AUXILIARIES}\s+\S.*?)[\s,;?]*$",
    "When was the mill built?",
    "Who built the mill?",
)
"""With its verb: “was the mill built”."""
_AFTER = rule(
    "what is said after the questions",
    r"(?<=\?)\s+(?P<said>(?:\(?[\w/]+\)?\s+)?\(?(?:FY\s?)?(?:19|20)\d\d\)?)\W*$",
    "Who led it, and when was it? 2018",
    "Was it good in 2018?",
)
_TELLS = ("about", "whether", "if", "know", "tell me", "explain", "say", "said")
"""What a question within another hangs on: “what do they say about who led it and why was it …”."""


def questions_in(text: str) -> tuple[str, list[str]]:
    """What is said beside the questions of a message (“Leeds 2018: ”, else ""), and those, in
    order; the message alone where it is one.

    A question that says nothing by itself (“and why?”) stays with the one before.
    """
    if listed := _LISTED.fullmatch(text.strip()):
        return listed["ahead"], [_ended(part) for part in _COMMA.split(listed["asked"])]
    beside, asked = _said_beside(text)
    found = _parts(asked, led=bool(beside))
    if not 1 < len(found) <= MOST_PARTS or not all(map(asks, found)):
        return "", [text]
    return beside, [_ended(_in_full(part, found[0])) for part in found]


def asks(part: str) -> bool:
    """Whether a part of a message is a question, and not a thing that is asked for."""
    return first_word(part) in _BEGINNINGS or _is_bare(part)


def _said_beside(text: str) -> tuple[str, str]:
    """What is said ahead of the questions of a message, and after them, as if all were ahead; and
    the questions."""
    after = _AFTER.search(text)
    asked = (text[: after.start()] if after else text).strip()
    ahead = _AHEAD.match(asked)
    said = [f"{after['said']}: " if after else "", ahead.group() if ahead else ""]
    return "".join(said), asked[ahead.end() if ahead else 0 :]


def _parts(asked: str, *, led: bool) -> list[str]:
    """The questions one after another; what asks nothing belongs to the one before it."""
    found: list[str] = []
    for part in (part for sentence in _ENDED.split(asked) for part in _split(sentence, led=led)):
        whole = asks(part) and (content_words(without_opener(part)) or _points(part))
        if found and not whole:
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _split(sentence: str, *, led: bool) -> list[str]:
    """A sentence where another question begins in it, unless what is before hangs on telling, or
    says nothing: `led` where it is said ahead what all are about."""
    parts = _BETWEEN.split(sentence)
    first = parts[0]
    whole = asks(first) and (led or content_words(first)) and not says(first, _TELLS)
    if len(parts) > 1 and not whole:
        return [sentence]
    return parts


def _is_bare(part: str) -> bool:
    """Whether a part is a question word and nothing else."""
    return re.fullmatch(rf"\W*{_BARE}\W*", part, re.IGNORECASE) is not None


def _points(part: str) -> bool:
    """Whether a question asks of what the one before it is about: “when was it”, “when”."""
    return bool(_ASKS_OF_IT.match(part)) or _is_bare(part)


def _in_full(part: str, first: str) -> str:
    """A bare question with what the first asks of: “when” after “who led the 2022 visit”."""
    if not _is_bare(part):
        return part
    asked = _ASKED_OF.match(first)
    of = asked["of"] if asked else "was it"
    return f"{part.strip(' ,;?')} {of[:1].lower()}{of[1:]}"


def _ended(part: str) -> str:
    part = part.strip(" ,;")
    return part if part[-1:] in "?.!" else f"{part}?"
