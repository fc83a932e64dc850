"""What a person says besides asking, and a fitting word in return."""

from __future__ import annotations

import re

from qa_service.translation.catalogue import N_, _

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

_ADDITION = (
    r"( (there|all|everyone|very much|so much|a lot|again|please|then|today|you|me|now|for now"
    r"|for (your|the) help|for (that|this)|that helps|that helped))*"
)
_REPLIES = (
    (r"hi|hello|hey|hiya|hullo|greetings|good (morning|afternoon|evening|day)|test", GREETING),
    (r"(many )?thanks|thank you|thank u|thx|cheers|ta|much appreciated", THANKS),
    (r"bye|bye bye|goodbye|good bye|good night|see you|see you later", FAREWELL),
    (r"ok|okay|great|perfect|nice|fine|cool|good|got it|i see|all right|alright|well done", WELL),
    (r"how are you|how are you doing|how do you do|how is it going|hows it going", FEELING),
    (
        r"help|help me|who are you|what are you|what can you do|what can i ask|what do you do"
        r"|what can you help me with|what can you help with|how can you help"
        r"|how do you work|how does this work|what is this|what can i ask you"
        r"|what can i do here|how do i use this|are you (a bot|a robot|human|an ai)",
        ABILITIES,
    ),
)


def small_talk_reply(text: str) -> str | None:
    """A short reply where the whole message is small talk, or asks about the service; else None.

    Where several things are said, as in “Hi, thanks!”, the last is replied to.
    """
    words = " ".join(
        re.sub(r"[^\w\s]+", " ", text.lower().replace("'", "").replace("’", "")).split()
    )
    rest, reply = words, None
    while rest:
        matched = [(found, said) for pattern, said in _REPLIES if (found := _begins(pattern, rest))]
        if not matched:
            return None
        longest, reply = max(matched, key=lambda item: item[0].end())
        rest = rest[longest.end() :].strip()
    return _(reply) if reply else None


def _begins(pattern: str, text: str) -> re.Match[str] | None:
    return re.match(rf"(?:{pattern}){_ADDITION}(?= |$)", text)
