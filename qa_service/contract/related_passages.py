"""The passages that are worth a look below an answer, or below a refusal."""

from __future__ import annotations

import re

from qa_service.contract.parts import JsonObject

NEAR_WORDS = 2


def related_passages(answer: JsonObject) -> list[JsonObject]:
    """The passages below an answer: those that it neither quotes nor nearly repeats. Below a
    refusal, only those that are near."""
    quoted = {citation["passage_id"] for citation in answer.get("citations", ())}
    passages = answer.get("passages", ())
    return [
        passage
        for passage in passages
        if passage["passage_id"] not in quoted and not passage.get("folded_into")
        if answer.get("answered") or _is_near(passage, answer)
    ]


def _is_near(passage: JsonObject, answer: JsonObject) -> bool:
    """Whether a passage holds enough words of the question to be worth a look: two, or all; what
    only says where was looked is none of them."""
    why = passage.get("why")
    if not why:
        return True
    apart = _words_apart(answer)
    shared, absent = (
        [word for word in why[kind] if word.lower() not in apart]
        for kind in ("shared_terms", "absent_terms")
    )
    return len(shared) >= NEAR_WORDS or not absent


def _words_apart(answer: JsonObject) -> set[str]:
    """The words, in small letters, of the places and times that a question names or takes over
    from earlier ones."""
    carried = (answer.get("understood") or {}).get("carried", ())
    over = [item["text"] for item in carried if item["kind"] != "subject"]
    texts = [*(answer.get("scope") or {}).get("words", ()), *over]
    return {word for text in texts for word in re.findall(r"\w+", text.lower())}
