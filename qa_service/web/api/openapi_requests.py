"""The JSON shapes of requests, as JSON Schema for OpenAPI 3.1."""

from __future__ import annotations

from typing import get_args

from qa_service.feedback.records import Verdict
from qa_service.input_checks import MAX_QUESTION_CHARACTERS
from qa_service.nouns.results import Reason
from qa_service.web.api.feedback_validation import MAX_NOTE_CHARACTERS
from qa_service.web.api.openapi_parts import (
    DAY,
    OFFSET,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    list_of,
    object_of,
    optional,
    reference,
)
from qa_service.web.api.validation import (
    DEFAULT_QUESTION_LIMIT,
    MAX_HISTORY_TURNS,
    MAX_QUESTION_LIMIT,
    ROLES,
)
from qa_service.web.export.transcript import MAX_TURNS

TURN = object_of(role={"enum": list(ROLES)}, text=TEXT)
FILTERS: Schema = {
    "type": "object",
    "properties": {
        "document_ids": list_of(TEXT),
        "collections": list_of(TEXT),
        "date_from": DAY,
        "date_to": DAY,
    },
    "additionalProperties": False,
    "description": "Limits the documents. Dates are inclusive.",
}
QUESTION = optional(
    object_of(
        question={"type": "string", "minLength": 1, "maxLength": MAX_QUESTION_CHARACTERS},
        history={
            **list_of(reference("Turn")),
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
        filters=reference("Filters"),
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
CITED = object_of(
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
        "citation": {"anyOf": [optional(CITED, "title"), {"type": "null"}]},
        "standalone_question": TEXT,
        "reason": {"enum": [*get_args(Reason), None]},
        "history": QUESTION["properties"]["history"],
        "filters": reference("Filters"),
        "note": {**TEXT, "maxLength": MAX_NOTE_CHARACTERS},
        "replaces": {**TEXT_OR_NULL, "description": "The id of an earlier verdict to remove."},
    },
}
CONVERSATION = optional(
    object_of(
        title=TEXT,
        turns={
            **list_of(object_of(question=TEXT, answer=reference("Answer"))),
            "minItems": 1,
            "maxItems": MAX_TURNS,
        },
    ),
    "title",
)
