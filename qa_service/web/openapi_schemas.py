"""The JSON shapes of `qa_service.contract`, as JSON Schema for OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, get_args

from qa_service.answering.verifying import State
from qa_service.contract import MAX_QUESTION_CHARACTERS
from qa_service.feedback.records import Verdict
from qa_service.schema import Reason
from qa_service.web.export.transcript import MAX_TURNS
from qa_service.web.feedback_validation import MAX_NOTE_CHARACTERS
from qa_service.web.validation import (
    DEFAULT_QUESTION_LIMIT,
    MAX_HISTORY_TURNS,
    MAX_QUESTION_LIMIT,
    ROLES,
)

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
DAY: Schema = {"type": "string", "format": "date"}
DATE: Schema = {
    "type": ["string", "null"],
    "description": "YYYY-MM-DD, or shorter where the document says no more.",
    "examples": ["2023-05-24", "2016-02", "2016"],
}
OFFSET: Schema = {**COUNT, "description": "In code points of the document's `text`."}


def _object(**properties: Schema) -> Schema:
    """An object whose properties are all required."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _optional(schema: Schema, *names: str) -> Schema:
    """The object schema with these properties no longer required."""
    required = [name for name in schema["required"] if name not in names]
    return {**schema, "required": required}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


SOURCE: dict[str, Schema] = {
    "document_id": TEXT,
    "document_version": {**TEXT, "description": "sha256 of the source bytes, in hex."},
    "title": TEXT,
    "source": {**TEXT, "description": "Path under the corpus, or an address."},
    "date": DATE,
    "page": NUMBER_OR_NULL,
    "heading": TEXT_OR_NULL,
    "publisher": TEXT_OR_NULL,
    "start": OFFSET,
    "end": OFFSET,
    "permalink": {**TEXT, "description": "Page of the document with this place marked."},
}
SUMMARY: dict[str, Schema] = {
    "id": TEXT,
    "title": TEXT,
    "source": TEXT,
    "date": DATE,
    "collection": TEXT,
    "pages": NUMBER_OR_NULL,
    "passages": COUNT,
    "version": TEXT,
    "metadata": {"type": "object", "additionalProperties": TEXT},
    "sources": {**_list(TEXT), "description": "Every place at which the same bytes lie."},
    "extraction": _reference("Extraction"),
}
PAGES: Schema = _list({"type": "integer", "minimum": 1})
EXTRACTION = _object(
    words=COUNT,
    tables=COUNT,
    pages_without_text={**PAGES, "description": "Pages on which nothing could be read."},
    pages_by_ocr={**PAGES, "description": "Pages that were recognised from pictures."},
    language={**TEXT_OR_NULL, "description": "ISO 639-1, as the text shows it."},
    date_source={**TEXT_OR_NULL, "description": "Where the document's date comes from."},
    warnings=_list(TEXT),
)
TURN = _object(role={"enum": list(ROLES)}, text=TEXT)
FILTERS: Schema = {
    "type": "object",
    "properties": {
        "document_ids": _list(TEXT),
        "collections": _list(TEXT),
        "date_from": DAY,
        "date_to": DAY,
    },
    "additionalProperties": False,
    "description": "Limits the documents. Dates are inclusive.",
}
QUESTION = _optional(
    _object(
        question={"type": "string", "minLength": 1, "maxLength": MAX_QUESTION_CHARACTERS},
        history={
            **_list(_reference("Turn")),
            "maxItems": MAX_HISTORY_TURNS,
            "description": "Earlier turns of the conversation, oldest first.",
        },
        limit={
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_QUESTION_LIMIT,
            "default": DEFAULT_QUESTION_LIMIT,
            "description": "How many passages to return beside the answer.",
        },
        filters=_reference("Filters"),
        spelling={
            "type": "boolean",
            "default": True,
            "description": "Whether mistyped words are matched to those of the documents.",
        },
        scope={
            "type": "boolean",
            "default": True,
            "description": "Whether dates, places and documents that it names narrow the search.",
        },
        follow_up={
            "type": "boolean",
            "default": True,
            "description": "Whether it may refer to the history; false asks the words as typed.",
        },
        compare={
            "type": "boolean",
            "default": False,
            "description": "Whether it is asked of each dated document, oldest to newest.",
        },
    ),
    "history",
    "limit",
    "filters",
    "spelling",
    "scope",
    "follow_up",
    "compare",
)
CITED = _object(
    document_id=TEXT,
    document_version={**TEXT, "pattern": "^[0-9a-f]{64}$"},
    title=TEXT,
    quote=TEXT,
    start=OFFSET,
    end=OFFSET,
)
FEEDBACK: Schema = {
    "type": "object",
    "required": ["question", "verdict", "answered"],
    "description": "`answered` to `reason` stand as the answer had them.",
    "properties": {
        "question": QUESTION["properties"]["question"],
        "verdict": {"enum": list(get_args(Verdict)), "description": "up: right; down: wrong."},
        "answered": {"type": "boolean"},
        "citation": {"anyOf": [_optional(CITED, "title"), {"type": "null"}]},
        "standalone_question": TEXT,
        "reason": {"enum": [*get_args(Reason), None]},
        "history": QUESTION["properties"]["history"],
        "filters": _reference("Filters"),
        "note": {**TEXT, "maxLength": MAX_NOTE_CHARACTERS},
        "replaces": {**TEXT_OR_NULL, "description": "The id of an earlier verdict to remove."},
    },
}
CORRECTIONS: Schema = {
    **_list(_object(typed=TEXT, taken=TEXT)),
    "description": "Words that count as mistyped, and those searched for in their place.",
}
UNDERSTOOD: Schema = {
    "anyOf": [
        _object(
            text={**TEXT, "description": "The question as it stands alone."},
            carried=_list(
                _object(text=TEXT, kind={"enum": ["subject", "place", "date", "document"]})
            ),
        ),
        {"type": "null"},
    ],
    "description": "What the question took over from the history; null where it was taken as "
    "typed.",
}
STRETCH = _object(text=TEXT, start=OFFSET, end=OFFSET)
WHY: Schema = {
    "anyOf": [
        _object(
            shared_terms={
                **_list(TEXT),
                "description": "Words of the question that the passage or its context holds.",
            },
            absent_terms={**_list(TEXT), "description": "Those that neither holds."},
            sentence={
                "anyOf": [STRETCH, {"type": "null"}],
                "description": "The sentence of the passage that fits best.",
            },
        ),
        {"type": "null"},
    ],
    "description": "Why the passage matched.",
}
DOCUMENT_NAME: dict[str, Schema] = {"document_id": TEXT, "title": TEXT}
SCOPE: Schema = {
    "anyOf": [
        _object(
            date_from={**TEXT_OR_NULL, "format": "date"},
            date_to={**TEXT_OR_NULL, "format": "date"},
            collections=_list(TEXT),
            documents=_list(_object(**DOCUMENT_NAME)),
            words={**_list(TEXT), "description": "The stretches of the question that did it."},
            lifted={
                **_list(TEXT),
                "description": "Stretches that narrow no more, since nothing within answered.",
            },
        ),
        {"type": "null"},
    ],
    "description": "What the question's own words narrowed the search to.",
}
TIMELINE: Schema = {
    "anyOf": [
        _list(_object(date=DATE, **DOCUMENT_NAME, citation=NUMBER_OR_NULL)),
        {"type": "null"},
    ],
    "description": "A comparison, oldest first; without a citation where one says nothing.",
}
CATALOGUE: Schema = {
    "anyOf": [
        _object(
            text={**TEXT, "description": "One plain sentence."},
            total={**COUNT, "description": "Of all documents meant, listed or not."},
            documents=_list(_object(**SUMMARY, permalink=TEXT)),
        ),
        {"type": "null"},
    ],
    "description": "For a question about the collection itself.",
}
ANSWER = _object(
    question=TEXT,
    standalone_question={
        **TEXT,
        "description": "As searched: understood from the history, spelling corrected.",
    },
    understood=UNDERSTOOD,
    corrections=CORRECTIONS,
    answered={"type": "boolean"},
    confidence={**SHARE, "description": "That the documents answer the question."},
    reason={"enum": [*get_args(Reason), None], "description": "Why there is no answer."},
    hint={
        **TEXT_OR_NULL,
        "description": "A sentence where nothing is quoted, or what was asked for is not there.",
    },
    answer=_list(_reference("Quote")),
    citations=_list(_reference("Citation")),
    passages=_list(_reference("Passage")),
    scope=SCOPE,
    timeline=TIMELINE,
    catalogue=CATALOGUE,
    suggestions={**_list(TEXT), "description": "Questions that lead on, which are answered."},
    index=_reference("Index"),
    took_ms={"type": "number", "minimum": 0},
)
CONVERSATION = _optional(
    _object(
        title=TEXT,
        turns={
            **_list(_object(question=TEXT, answer=_reference("Answer"))),
            "minItems": 1,
            "maxItems": MAX_TURNS,
        },
    ),
    "title",
)
SCHEMAS: dict[str, Schema] = {
    "Conversation": CONVERSATION,
    "Question": QUESTION,
    "Turn": TURN,
    "Filters": FILTERS,
    "Answer": ANSWER,
    "Quote": _object(quote=TEXT, citation={"type": "integer", "minimum": 1}),
    "Citation": _object(
        number={"type": "integer", "minimum": 1},
        passage_id=TEXT,
        **SOURCE,
        quote=TEXT,
        exact={
            "anyOf": [STRETCH, {"type": "null"}],
            "description": "The words of the quote that answer by themselves, if certain enough.",
        },
        why=WHY,
        also_in={
            **_list(_object(**DOCUMENT_NAME, date=DATE, permalink=TEXT)),
            "description": "Other documents that say the same.",
        },
    ),
    "Passage": _object(
        passage_id=TEXT,
        **SOURCE,
        text=TEXT,
        score=SHARE,
        dense_rank=NUMBER_OR_NULL,
        keyword_rank=NUMBER_OR_NULL,
        duplicates=_list(_object(**DOCUMENT_NAME)),
        folded_into={**TEXT_OR_NULL, "description": "The better passage that this one repeats."},
        why=WHY,
    ),
    "SearchResult": _object(
        query=TEXT,
        corrections=CORRECTIONS,
        passages=_list(_reference("Passage")),
        index=_reference("Index"),
        took_ms={"type": "number", "minimum": 0},
    ),
    "Suggestions": _object(questions=_list(TEXT)),
    "Completions": _object(
        completions=_list(
            _object(
                text=TEXT, kind={"enum": ["question", "title", "heading"]}, document_id=TEXT_OR_NULL
            )
        )
    ),
    "Index": _object(build=TEXT_OR_NULL, documents=COUNT, passages=COUNT),
    "Extraction": EXTRACTION,
    "DocumentSummary": _object(**SUMMARY),
    "Document": _object(
        **SUMMARY,
        text=TEXT,
        page_labels={**_list(TEXT_OR_NULL), "description": "Numbers printed on the pages."},
    ),
    "Verification": _object(
        state={"enum": list(get_args(State))},
        detail={**TEXT, "description": "The state in words."},
        document_id=TEXT,
        title=TEXT_OR_NULL,
        cited_version=TEXT,
        current_version=TEXT_OR_NULL,
        quote={**TEXT_OR_NULL, "description": "The words cited, where they are known."},
        permalink=TEXT_OR_NULL,
        nearest={
            "anyOf": [
                _object(start=OFFSET, end=OFFSET, quote=TEXT, likeness=SHARE, permalink=TEXT),
                {"type": "null"},
            ],
        },
        moved_to={**TEXT_OR_NULL, "description": "Where a withdrawn document is found now."},
    ),
    "Boxes": _object(
        document_id=TEXT,
        document_version=TEXT,
        start=OFFSET,
        end=OFFSET,
        boxes={
            **_list(
                _object(
                    page={"type": "integer", "minimum": 1},
                    left=SHARE,
                    top=SHARE,
                    right=SHARE,
                    bottom=SHARE,
                )
            ),
            "description": "In shares of the page as it is shown, from its upper left corner.",
        },
    ),
    "Health": _object(
        status={"const": "ok"},
        build=TEXT_OR_NULL,
        documents=COUNT,
        passages=COUNT,
        model=TEXT,
        building={"type": "boolean", "description": "Whether another build is being written."},
    ),
    "Feedback": FEEDBACK,
    "StoredFeedback": _object(id=TEXT, stored={**TEXT, "format": "date-time"}),
    "Problem": _optional(
        _object(
            type=TEXT,
            title=TEXT,
            status={"type": "integer"},
            detail=TEXT,
            field={**TEXT, "description": "The part of the request that is out of range."},
        ),
        "field",
    ),
}
