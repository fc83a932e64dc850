"""Questions for facts of many documents: what each says of a label, or which say something.

Whether the documents state such a label is not known here: only a question of which every
word is a label's, a value's or one of these becomes a table (collection/fact_tables.py).
"""

from __future__ import annotations

import re

from qa_service.nouns.dates import YEAR
from qa_service.nouns.parsed_question import FactsOrder, FactsQuestion
from qa_service.stems import terms
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    NEGATIONS,
    NEWEST,
    OLDEST,
    first_word,
    says,
    without_opener,
    word_set,
    words_of,
)

_ORDERS = rule(
    "how a table is to be sorted",
    r"[\s,;(]*(?:\band\b\s*)?(?:\b(?:sorted|ordered|listed|ranked|arranged)\b\s*)?"
    r"(?:\b(?:with )?(?:the )?"
    rf"(?:(?P<new>{NEWEST})|(?P<old>{OLDEST}|soonest)|(?P<high>highest|largest|biggest|most)"
    r"|(?P<low>lowest|smallest|least)) (?:ones )?first\b|\bby (?:the )?(?P<date>date|year)\b)\)?",
    "grades of all, newest first",
    "what was first said of it",
)
_BOUND = rule(
    "a bound of numbers",
    r"\b(?:(?P<above>over|above|more than|greater than|at least|exceeding)"
    r"|(?P<below>under|below|less than|fewer than|at most|up to))\s+"
    r"[£$€]?\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?!\s*(?:years?|months?))",
    "invoices over £5,000",
    "invoices over there",
)
_EACH = word_set("all each every across both") | {
    *("table of", "overview of", "by document", "by report")
}
_LATEST = word_set("newest latest current currently last") | {
    *("most recent", "last time", "last one", "latest one", "newest one")
}
_LEADING = ("in", "at", "for", "of", "by", "please")
_WHICH = word_set("which who whose what list show name give find all any")
"""What a question for some of the documents begins with."""
_GRADES = word_set(
    "grad grade graded grades grading gradings rate rated rating ratings judgement judgements "
    "judgment judgments judged score scored"
)
_GETTING = word_set("get got given receive awarded")
"""What asks for a grade in “What did the school get for teaching?”."""
_BETTER = ("ranked", "better", "worse", "best", "worst", "higher", "lower")
_HOW_IT_IS = rule(
    "asking how something is as a whole",
    r"\bhow\s+(?:good|bad|well)\b|\b(?:any|still)\s+good\b|\b(?:verdict|outcome)\b(?!\s+(?:for|of|on)\b)"
    r"|\bhow\s+(?:is|was|are|were|did|does|do|has|have)\b(?=.*\b(?:do|doing|done|go|going|gone"
    r"|fare|fared|perform(?:ed|ing)?|come\s+out|came\s+out|judged)\b\W*(?:$|\b(?:in|now|then|by)\b))"
    r"|\bhow\s+(?:is|was|are|were)\s+(?:it|they|that|things)\b"
    r"|\bwhat(?:['’]?s|\s+(?:is|was))\s+it(?=\s+(?:now|then|like|in)\b)"
    rf"|^\W*what\s+(?:did|does|has)\b(?=.*\b(?:get|got)\W*(?:$|in\s+(?:\w+\s+)?{YEAR}\W*$))",
    "how is Leeds doing?",
    "how is supervision doing its work?",
)
"""What asks for the grade of the whole, where the question names nothing else."""
_SUBJECT = rule(
    "what documents are on, asked for by its kind",
    r"^\W*(?:(?:in|at|for|of|by)\s+)?(?:which|what|whose|how\s+many)"
    r"\s+(?:of\s+)?(?:(?:the|our|your|all)\s+)*(?P<noun>(?:[\w-]+\s+)??(?!(?:is|was|has|does)\b)[\w-]+s)\b(?=\W+\w)",
    "which councils were good",
    "which council was good",
)
_SAYING = frozenset(
    terms(
        "judge judged judgement judgment rate rated rating grade graded give given gave get got "
        "gotten receive received receives award awarded come came comes mark marked rank ranked "
        "score scored list show name tell find found table overview compare state stated states "
        "see seen have had make made result say says said involve involved document documents "
        "only just once better worse best worst higher lower highest lowest newest newer did "
        "please put one ones doing going gone went perform fare whose"
    )
)
"""Words by which facts are asked for, unless they stand in a label."""
_PAST = {"led": "lead", "held": "hold", "paid": "pay", "sent": "send", "sold": "sell"}
"""Past forms that no stemmer knows, by what labels say in their place: “Lead”, “Held”."""


def facts_question(text: str, names: CollectionNames) -> FactsQuestion:
    """What a question may ask of facts of many documents."""
    plain = without_opener(" ".join(text.split())).rstrip(" ?.!")
    ordered, bound = _ORDERS.search(plain), _BOUND.search(plain)
    words = _HOW_IT_IS.sub(" ", _BOUND.sub(" ", _ORDERS.sub(" ", plain)))
    for_grade = asks_how_it_is(plain) or asks_for_grade(plain)
    negated = says(plain.replace("’", "'").replace("n't", " not"), NEGATIONS)
    counted = plain.lower().startswith("how many ")
    nouns = _nouns(plain, names)
    return FactsQuestion(
        words=_without(words, _EACH | _LATEST),
        nouns=tuple(nouns),
        graded=for_grade or says(plain, _BETTER),
        for_grade=for_grade,
        each=bool(ordered or says(plain, _EACH)),
        which=first_word(plain, *_LEADING) in _WHICH and not negated,
        latest=says(words, _LATEST) or (counted and not any(map(names.document_noun, nouns))),
        counted=counted and not negated,
        order=_order(ordered.groupdict()) if ordered else FactsOrder(),
        above=_number(bound["number"]) if bound and bound["above"] else None,
        below=_number(bound["number"]) if bound and bound["below"] else None,
    )


def asks_for_grade(text: str) -> bool:
    """Whether a question asks how something is graded: “what is Leeds rated?”."""
    gets = first_word(text) == "what" and says(text, _GETTING) and says(text, ("for",))
    return gets or says(text, _GRADES)


def asks_how_it_is(text: str) -> bool:
    """Whether a question asks how something is as a whole: “how was it in 2018?”."""
    return bool(_HOW_IT_IS.search(text))


def is_saying(stem: str) -> bool:
    """Whether facts are asked for by a word: “rated”, “got”."""
    return stem in _SAYING


def present(stem: str) -> str:
    """The stem of a past form that no stemmer knows: “lead” of “led”."""
    return _PAST.get(stem, stem)


def _nouns(plain: str, names: CollectionNames) -> list[str]:
    """What documents are, or are on: “local authorities”; only “inspections” of “school
    inspections”, which are of a kind."""
    subject = _SUBJECT.search(plain)
    words = subject["noun"].split() if subject else []
    on = words[-1:] if words and names.calls_documents(words[-1]) else words
    return [*on, *(word for word in words_of(plain) if names.document_noun(word))]


def _without(text: str, phrases: frozenset[str]) -> str:
    """A text without some words."""
    return " ".join(
        re.sub(
            rf"\b(?:{'|'.join(sorted(phrases, key=len, reverse=True))})\b", " ", text, flags=re.I
        ).split()
    )


def _order(found: dict[str, str | None]) -> FactsOrder:
    by_value = bool(found["high"] or found["low"])
    return FactsOrder(by_value=by_value, ascending=bool(found["low"] or found["old"]))


def _number(text: str) -> float:
    return float(text.replace(",", ""))
