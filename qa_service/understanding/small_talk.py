"""What a person says besides asking, and a fitting word in return."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.translation.catalogue import N_, _
from qa_service.understanding.lexicon import spoken_words

GREETING = N_(
    "Hello. Ask what the documents say, in your own words, for example: “What do the documents "
    "say about training?”"
)
THANKS = N_("You are welcome. Ask on whenever you like.")
FAREWELL = N_("Goodbye. The documents stay here.")
WELL = N_("Good. Ask on, or look at the list of documents.")
ABILITIES = N_(
    "I find the passages of these documents that answer a question, and quote them word for word, "
    "each with its document, date and page. I write nothing myself, and say so where the documents "
    "hold no answer. Ask for example: “What do the documents say about training?” You can "
    "name a place or a year, compare over time (“What changed between 2016 and 2023?”), or ask "
    "which documents there are."
)
FEELING = N_(
    "I am a search over documents and well as long as they are. What would you like to know?"
)

_PHRASES = {
    GREETING: "hi|hello|hey|hiya|hullo|greetings|good morning|good afternoon|good evening|good day"
    "|test",
    THANKS: "thanks|many thanks|thank you|thank u|thx|cheers|ta|much appreciated",
    FAREWELL: "bye|bye bye|goodbye|good bye|good night|see you|see you later",
    WELL: "ok|okay|great|perfect|nice|fine|cool|good|got it|i see|all right|alright|well done",
    FEELING: "how are you|how are you doing|how do you do|how is it going|hows it going",
    ABILITIES: "help|help me|who are you|what are you|what can you do|what can i ask|what do you do"
    "|what can you help me with|what can you help with|how can you help|how do you work"
    "|how does this work|what is this|what can i ask you|what can i do here|how do i use this"
    "|are you a bot|are you a robot|are you human|are you an ai",
}
_REPLIES = {phrase: reply for reply, said in _PHRASES.items() for phrase in said.split("|")}
_MAY_FOLLOW = (
    *("there", "all", "everyone", "very much", "so much", "a lot", "again", "please", "then"),
    *("today", "you", "me", "now", "for now", "for your help", "for the help", "for that"),
    *("for this", "that helps", "that helped"),
)
"""What may follow each of them."""
_LONGEST = 6
"""Words."""


def small_talk_reply(text: str) -> str | None:
    """A short reply where the whole message is small talk, or asks about the service; else None.

    Where several things are said, as in “Hi, thanks!”, the last is replied to.
    """
    rest, reply = spoken_words(text.replace("'", "").replace("’", "")), ""
    while rest:
        length = next((n for n in range(_LONGEST, 0, -1) if _is_phrase(rest[:n], reply)), 0)
        if not length:
            return None
        reply = _REPLIES.get(" ".join(rest[:length]), reply)
        rest = rest[length:]
    return _(reply) if reply else None


def _is_phrase(words: Sequence[str], reply: str) -> bool:
    """Whether words are small talk, or what may follow it."""
    said = " ".join(words)
    return said in _REPLIES or (bool(reply) and said in _MAY_FOLLOW)
