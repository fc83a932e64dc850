"""What a person says besides asking."""

from __future__ import annotations

import re

SMALL_TALK_HINT = (
    "Ask about what the documents say, in your own words, for example: "
    "“What did inspectors recommend about quality assurance?” "
    "You get the passages that answer, word for word, each with its source."
)

_SMALL_TALK = re.compile(
    r"(hi|hello|hey|hiya|hullo|greetings|good (morning|afternoon|evening|day)"
    r"|thanks|thank you|cheers|ta|ok|okay|great|bye|goodbye|see you"
    r"|how are you|who are you|what are you|what can you do|what do you do|help|test)"
    r"( (there|all|everyone|very much|so much|a lot|again|please|then|today|you|me))*"
)


def is_small_talk(text: str) -> bool:
    """Whether the whole message is a greeting, thanks, or a question about the service."""
    words = re.sub(r"[^\w\s]+", " ", text.lower()).split()
    return _SMALL_TALK.fullmatch(" ".join(words)) is not None
