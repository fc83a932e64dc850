"""Several questions in one message, taken apart: each is parsed and answered by itself."""

from __future__ import annotations

from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import AUXILIARIES, says, without_opener
from qa_service.understanding.spoken_mentions import content_words

MOST_PARTS = 4
"""A message of more questions is taken whole."""

_QUESTION = (
    rf"(?:(?:(?:by\s+)?when|where|why|how|whom|whose)(?:\s+{AUXILIARIES}|['’]s)\b"
    r"|how\s+(?:much|many|long|often|old|far|big|large)\b"
    r"|who\s+(?!(?:he|she|it|they|we|you|i|the|a|an|their|this|that|to)\b)\w+"
    rf"|(?:who|what)['’]s\b|(?:what|which(?:\s+\w+)?)\s+(?:still\s+|else\s+)?"
    rf"(?:{AUXILIARIES}\b|\w+(?:ed|s)\b|led\b|wrote\b|made\b)"
    rf"|(?:what|which)\s+(?:\w+\s+){{1,2}}{AUXILIARIES}\b)"
)
_BETWEEN = rule(
    "where the next question begins",
    rf"\s*(?:[,;]\s*)?\band\s+(?:also\s+)?(?={_QUESTION}|{AUXILIARIES}\s+(?:it|they|there)\b)"
    rf"|\s*[,;]\s+(?={_QUESTION})",
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
_ENDED = rule("where a question ends", r"(?<=\?)\s+(?=\w)", "Who led it? And when?", "Who led it?")
"""Where a question ends and more follows: “Who led it? And when?”."""
_ASKS = rule(
    "a part that asks",
    rf"^(?:{_QUESTION}|{AUXILIARIES}\s|(?:and|or|so|but|also)\s|what|who|which|how)",
    "when was it?",
    "My nephew keeps running away.",
)
"""How a part that asks begins: “when was it”, not “My nephew keeps running away”."""
_TELLS = ("about", "whether", "if", "know", "tell me", "explain", "say", "said")
"""What a question within another hangs on: “what do they say about who led it and why was it …”."""


def questions_in(text: str) -> tuple[str, list[str]]:
    """What is said ahead of the questions of a message (“Leeds 2018: ”, else ""), and those, in
    order; the message alone where it is one.

    A question that says nothing by itself (“and why?”) stays with the one before.
    """
    ahead = _AHEAD.match(text.strip())
    found: list[str] = []
    for sentence in _ENDED.split(text.strip()[ahead.end() if ahead else 0 :]):
        for part in _split(sentence):
            asks = _ASKS.match(part) and content_words(without_opener(part))
            if found and not asks:
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
    several = 1 < len(found) <= MOST_PARTS and all(_ASKS.match(part) for part in found)
    if not several:
        return "", [text]
    return ahead.group() if ahead else "", [_ended(part) for part in found]


def _split(sentence: str) -> list[str]:
    """A sentence where another question begins in it, unless what is before hangs on telling."""
    parts = _BETWEEN.split(sentence)
    first = parts[0]
    whole = _ASKS.match(first) and content_words(first) and not says(first, _TELLS)
    if len(parts) > 1 and not whole:
        return [sentence]
    return parts


def _ended(part: str) -> str:
    part = part.strip(" ,;")
    return part if part[-1:] in "?.!" else f"{part}?"
