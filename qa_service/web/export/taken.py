"""How a question was taken, in the lines that the page shows above its answer."""

from __future__ import annotations

from qa_service.web.export.members import (
    JsonObject,
    date_or_none,
    object_or_empty,
    objects,
    text,
    texts,
)
from qa_service.web.wording.display import carried_words, correction_words, understood_words
from qa_service.web.wording.limits import lifted_words, limit_labels


def taken_lines(answer: JsonObject) -> tuple[str, ...]:
    """What was understood, carried over, corrected and limited, a line each where it applies.

    `answer` is what `circumstances` returns.
    """
    labels = limit_labels(answer)
    lines = (
        understood_words(answer),
        carried_words(answer),
        correction_words(answer),
        f"Searched only: {'; '.join(labels)}." if labels else "",
        lifted_words(answer),
    )
    return tuple(line for line in lines if line)


def circumstances(answer: JsonObject, question: str, where: str) -> JsonObject:
    """The members of an answer that say how its question was taken, each checked.

    Raises InputError naming the member that is wrong.
    """
    asked = object_or_empty(answer, "asked", where)
    return {
        "question": question,
        "answered": answer.get("answered") is True,
        "understood": _understood(answer, where),
        "corrections": _corrections(answer, where),
        "scope": _limits(answer, "scope", where),
        "asked": {"limits": _limits(asked, "limits", f"{where}asked.")},
    }


def _understood(answer: JsonObject, where: str) -> JsonObject | None:
    understood = object_or_empty(answer, "understood", where)
    if not understood:
        return None
    at = f"{where}understood."
    carried = [
        {"text": text(item, "text", f"{at}carried[{place}].")}
        for place, item in enumerate(objects(understood, "carried", at))
    ]
    return {"text": text(understood, "text", at), "carried": carried}


def _corrections(answer: JsonObject, where: str) -> list[JsonObject]:
    return [
        {name: text(item, name, f"{where}corrections[{place}].") for name in ("typed", "taken")}
        for place, item in enumerate(objects(answer, "corrections", where))
    ]


def _limits(holder: JsonObject, name: str, where: str) -> JsonObject:
    limits, at = object_or_empty(holder, name, where), f"{where}{name}."
    documents = [
        {"title": text(entry, "title", f"{at}documents[{place}].")}
        for place, entry in enumerate(objects(limits, "documents", at))
    ]
    return {
        "date_from": date_or_none(limits, "date_from", at),
        "date_to": date_or_none(limits, "date_to", at),
        "collections": texts(limits, "collections", at),
        "documents": documents,
        "words": texts(limits, "words", at),
        "lifted": texts(limits, "lifted", at),
    }
