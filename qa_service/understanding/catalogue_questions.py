"""Questions about the collection itself: which documents there are, how many, the newest."""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.nouns.parsed_question import CollectionAsks, CollectionQuestion

# Sources, articles and chapters are left out: documents speak of those themselves.
_NOUN = (
    r"(?P<noun>documents?|docs|files?|pages?|news pages?|(?:inspection )?reports?"
    r"|(?:joint )?inspections?|polic(?:y|ies)|reviews?)"
)
_HAVE = (
    r"(?:(?:do|did) you (?:have|hold|know|know of|cover|search|read|index|contain)|have you got"
    r"|do (?:i|we) have|can (?:i|we|you) (?:search|ask about))(?: here)?"
)
_EXIST = (
    r"(?:are|is|were)(?: there)?(?: (?:available|indexed|included|here|listed|covered"
    r"|in (?:here|there|stock)))?"
)
_HERE = (
    r"(?: (?:in|of|from) (?:the|this|your) (?:index|collection|corpus|library|catalogue|database))?"
)
_ABOUT = (
    r"(?P<topic> (?:on|about|regarding|concerning|covering|of|for|from|in|by|since|before|after"
    r"|between|published|dated|made|that (?:are|were) (?:from|of|on|about))\b.+)?"
)
_ASK = r"(?:please )?(?:list|show|show me|give me|name|tell me)(?: me)?"
_NAME = rf"(?:(?:which|what) (?:is|was|are)|{_ASK})"
_THE = r"(?:(?:all|all of|any|the|your|these|those|every) )*"
_NEW, _OLD = r"newest|latest|most recent|last", r"oldest|earliest|first"
_FORMS: tuple[tuple[CollectionAsks, str], ...] = (
    ("list", rf"(?:which|what) {_NOUN} {_HAVE}{_HERE}{_ABOUT}"),
    ("list", rf"(?:which|what) {_NOUN} {_EXIST}{_HERE}{_ABOUT}"),
    ("list", rf"(?:which|what) {_NOUN}{_ABOUT} (?:{_HAVE}|are there|exist){_HERE}"),
    ("list", rf"(?:which|what) are {_THE}{_NOUN}{_HERE}{_ABOUT}"),
    ("list", rf"{_ASK} {_THE}{_NOUN}{_HERE}{_ABOUT}"),
    ("list", rf"(?:do you have|have you got|are there)(?: any| some| a)? {_NOUN}{_HERE}{_ABOUT}"),
    ("list", rf"(?:what is|what do you have|what do we have) (?:in|of){_HERE}"),
    ("count", rf"how many (?:{_THE}){_NOUN} (?:{_HAVE}|{_EXIST}){_HERE}{_ABOUT}"),
    ("count", rf"how many (?:{_THE}){_NOUN}{_ABOUT} (?:{_HAVE}|are there|exist){_HERE}"),
    (
        "newest",
        rf"(?:(?:which|what) (?:is|was|are)|{_ASK}) {_THE}(?:{_NEW}) {_NOUN}{_HERE}{_ABOUT}",
    ),
    ("newest", rf"the (?:{_NEW}) {_NOUN}{_HERE}{_ABOUT}"),
    ("newest", rf"(?:which|what) {_NOUN} (?:is|was) the (?:{_NEW}){_ABOUT}"),
    ("newest", rf"when was the (?:{_NEW}) {_NOUN}{_ABOUT}(?: (?:published|issued|made))?"),
    (
        "oldest",
        rf"(?:(?:which|what) (?:is|was|are)|{_ASK}) {_THE}(?:{_OLD}) {_NOUN}{_HERE}{_ABOUT}",
    ),
    ("oldest", rf"the (?:{_OLD}) {_NOUN}{_HERE}{_ABOUT}"),
    ("oldest", rf"(?:which|what) {_NOUN} (?:is|was) the (?:{_OLD}){_ABOUT}"),
    (
        "span",
        r"(?:which|what) (?:years?|dates?|period|time|times) (?:do|does|are) "
        r"(?:you|the documents|the reports|they|it)(?: (?:cover|from|span|have))?",
    ),
    ("span", rf"how (?:recent|old|up to date) (?:are|is) {_THE}{_NOUN}{_HERE}"),
)
_CLAUSE = r"(?!(?:that|how|why|what|when|where|who|whether)\b)"
_MENTIONS = (
    r"(?:mention(?:s|ed|ing)?|discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to"
    r"|(?:talk(?:s|ed|ing)?|speaks?|spoke|speaking) (?:about|of)"
    r"|(?:contain|include|use)(?:s|d|ing)? the (?:words?|terms?|phrases?|names?)"
    r"|says? (?:any|some)thing (?:about|on))"
)
_NO_NOUN = rf"(?!(?:{_NOUN.replace('?P<noun>', '?:')}|joint|inspection|news|is|are|was|were|the)\b)"
_MENTIONED = r"(?:mentioned|discussed|referred to|talked about|spoken (?:of|about))"
_SPEAKING = re.compile(
    rf"(?P<asked>.+?)(?: (?:that|which|do|does|did))? {_MENTIONS} (?P<mentioned>{_CLAUSE}.+)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^the (?:words?|terms?|phrases?|names?|expressions?) (?!of\b)(?=\S)", re.IGNORECASE
)
_QUOTATION_MARKS = ('"', "'", "“", "‘")
# What asks for more than that words stand there: it is left to the passages.
_BEYOND_WORDS = re.compile(
    r"\b(?:or|nor|either|neither|not|but|except|without|most|least|(?:more|less|fewer) than"
    r"|once|twice|times|on pages?)\b",
    re.IGNORECASE,
)
# Questions for what is mentioned, in the words of the one form that is read.
_REWORDED = tuple(
    (re.compile(form, re.IGNORECASE), as_asked)
    for form, as_asked in (
        (
            rf"in (how many|which|what) (?:of )?{_THE}({_NOUN}.*?) (?:is|are|was|were) (.+)"
            rf" {_MENTIONED}",
            r"\1 \2 mention \4",
        ),
        (
            rf"(?:is|are|was|were) (.+) {_MENTIONED} in (?:any|some)(?: of the)? ({_NOUN}.*)",
            r"are there any \2 that mention \1",
        ),
        (
            rf"(?:do|does|did) (?:any|some)(?: of)? {_THE}({_NOUN}.*)",
            r"are there any \1",
        ),
        (rf"((?:how many|which|what) )of {_THE}({_NOUN}.*)", r"\1\2"),
        (
            rf"((?:how many|which|what) )((?:{_NO_NOUN}[\w'’-]+ ){{1,3}}?)({_NOUN})"
            rf"(?P<rest> {_MENTIONS} .+)",
            r"\1\3 of \2\g<rest>",
        ),
    )
)
_FORMS_COMPILED = tuple((asked, re.compile(form, re.IGNORECASE)) for asked, form in _FORMS)
_POLITE = re.compile(
    r"^(?:(?:please|hi|hello|ok|so|and|well)[, ]+)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?=list|show|give|name|tell)"
    r"|(?:can|could) you (?:please )?tell me (?=which|what|how))?",
    re.IGNORECASE,
)


def catalogue_question(text: str) -> CollectionQuestion | None:
    """What the whole of a question asks of the collection; None where it asks anything else.

    Whether there are documents on the topic is not known here.
    """
    plain = _POLITE.sub("", " ".join(text.split()))
    plain = re.sub(r"(?:,? please)?[ ?.!]*$", "", plain, flags=re.IGNORECASE)
    return _asking_for_mentions(plain) or _asking(plain)


def _asking(plain: str) -> CollectionQuestion | None:
    for asked, form in _FORMS_COMPILED:
        if found := form.fullmatch(plain):
            named = found.groupdict()
            topic = (named.get("topic") or "").strip()
            return CollectionQuestion(asked, (named.get("noun") or "").lower(), topic)
    return None


def _asking_for_mentions(plain: str) -> CollectionQuestion | None:
    """A question for documents that mention something: what is left without that, and it."""
    for form, as_asked in _REWORDED:
        plain = form.sub(as_asked, plain, count=1) if form.fullmatch(plain) else plain
    found = _SPEAKING.fullmatch(plain)
    if found is None:
        return None
    asking = _asking(found["asked"]) or _asking(f"{found['asked']} are there")
    mentioned = _CALLED.sub("", found["mentioned"])
    if not mentioned.startswith(_QUOTATION_MARKS) and _BEYOND_WORDS.search(mentioned):
        return None
    return asking and replace(asking, mentioned=mentioned)
