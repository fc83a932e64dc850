"""The JSON shapes of `qa_service.contract`, as JSON Schema for OpenAPI 3.1."""

from __future__ import annotations

from typing import get_args

from qa_service.answering.citing.verifying import State
from qa_service.nouns.answers import AnswerKind
from qa_service.nouns.results import Reason
from qa_service.web.api.openapi_parts import (
    COUNT,
    DATE,
    NUMBER_OR_NULL,
    OFFSET,
    SHARE,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    list_of,
    object_of,
    optional,
    reference,
)
from qa_service.web.api.openapi_requests import CONVERSATION, FEEDBACK, FILTERS, QUESTION, TURN

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
    "sources": {**list_of(TEXT), "description": "Every place at which the same bytes lie."},
    "extraction": reference("Extraction"),
}
PAGES: Schema = list_of({"type": "integer", "minimum": 1})
EXTRACTION = object_of(
    words=COUNT,
    tables=COUNT,
    pages_without_text={**PAGES, "description": "Pages on which nothing could be read."},
    pages_by_ocr={**PAGES, "description": "Pages that were recognised from pictures."},
    language={**TEXT_OR_NULL, "description": "ISO 639-1, as the text shows it."},
    date_source={**TEXT_OR_NULL, "description": "Where the document's date comes from."},
    warnings=list_of(TEXT),
)
CORRECTIONS: Schema = {
    **list_of(object_of(typed=TEXT, taken=TEXT)),
    "description": "Words that count as mistyped, and those searched for in their place.",
}
UNDERSTOOD: Schema = {
    "anyOf": [
        object_of(
            text={**TEXT, "description": "The question as it stands alone."},
            carried=list_of(
                object_of(text=TEXT, kind={"enum": ["subject", "place", "date", "document"]})
            ),
        ),
        {"type": "null"},
    ],
    "description": "What the question took over from the history; null where it was taken as "
    "typed.",
}
STRETCH = object_of(text=TEXT, start=OFFSET, end=OFFSET)
WHY: Schema = {
    "anyOf": [
        object_of(
            shared_terms={
                **list_of(TEXT),
                "description": "Words of the question that the passage or its context holds.",
            },
            absent_terms={**list_of(TEXT), "description": "Those that neither holds."},
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
        object_of(
            date_from={**TEXT_OR_NULL, "format": "date"},
            date_to={**TEXT_OR_NULL, "format": "date"},
            collections=list_of(TEXT),
            documents=list_of(object_of(**DOCUMENT_NAME)),
            words={**list_of(TEXT), "description": "The stretches of the question that did it."},
            lifted={
                **list_of(TEXT),
                "description": "Stretches that narrow no more, since nothing within answered.",
            },
        ),
        {"type": "null"},
    ],
    "description": "What the question's own words narrowed the search to.",
}
TIMELINE: Schema = {
    "anyOf": [
        list_of(object_of(date=DATE, **DOCUMENT_NAME, citation=NUMBER_OR_NULL)),
        {"type": "null"},
    ],
    "description": "A comparison, oldest first; without a citation where one says nothing.",
}
CATALOGUE: Schema = {
    "anyOf": [
        object_of(
            text={**TEXT, "description": "One plain sentence."},
            total={**COUNT, "description": "Of all documents meant, listed or not."},
            documents=list_of(object_of(**SUMMARY, permalink=TEXT)),
        ),
        {"type": "null"},
    ],
    "description": "For a question about the collection itself.",
}
LINKED: dict[str, Schema] = {**DOCUMENT_NAME, "date": DATE, "permalink": TEXT}
FACTS: Schema = {
    "anyOf": [
        object_of(
            labels=list_of(TEXT),
            rows=list_of(
                object_of(
                    **LINKED,
                    cells=list_of(
                        {
                            "anyOf": [
                                object_of(value=TEXT, citation={"type": "integer", "minimum": 1}),
                                {"type": "null"},
                            ]
                        }
                    ),
                )
            ),
        ),
        {"type": "null"},
    ],
    "description": "What documents say of each label: a cell a label, null where they do not.",
}
NEAREST: Schema = {
    **list_of(object_of(text=TEXT, document={"anyOf": [object_of(**LINKED), {"type": "null"}]})),
    "description": "What the collection holds in the place of what is missing.",
}
ANSWER = object_of(
    question=TEXT,
    standalone_question={
        **TEXT,
        "description": "As searched: understood from the history, spelling corrected.",
    },
    understood=UNDERSTOOD,
    corrections=CORRECTIONS,
    answered={"type": "boolean"},
    kind={"enum": list(get_args(AnswerKind)), "description": "What the answer is."},
    confidence={**SHARE, "description": "That the documents answer the question."},
    reason={"enum": [*get_args(Reason), None], "description": "Why there is no answer."},
    hint={
        **TEXT_OR_NULL,
        "description": "A sentence where nothing is quoted, or what was asked for is not there.",
    },
    answer=list_of(reference("Quote")),
    citations=list_of(reference("Citation")),
    passages=list_of(reference("Passage")),
    scope=SCOPE,
    timeline=TIMELINE,
    catalogue=CATALOGUE,
    documents={
        **list_of(object_of(**SUMMARY, permalink=TEXT)),
        "description": "Those that an answer of the kind `documents` lists.",
    },
    facts=FACTS,
    missing={**list_of(TEXT), "description": "What was named that the collection has not."},
    nearest=NEAREST,
    parts={
        **list_of(reference("Answer")),
        "description": "An answer to each of several questions; `answer` and `citations` hold all.",
    },
    suggestions={**list_of(TEXT), "description": "Questions that lead on, which are answered."},
    index=reference("Index"),
    took_ms={"type": "number", "minimum": 0},
)
SCHEMAS: dict[str, Schema] = {
    "Conversation": CONVERSATION,
    "Question": QUESTION,
    "Turn": TURN,
    "Filters": FILTERS,
    "Answer": ANSWER,
    "Quote": object_of(quote=TEXT, citation={"type": "integer", "minimum": 1}),
    "Citation": object_of(
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
            **list_of(object_of(**DOCUMENT_NAME, date=DATE, permalink=TEXT)),
            "description": "Other documents that say the same.",
        },
    ),
    "Passage": object_of(
        passage_id=TEXT,
        **SOURCE,
        text=TEXT,
        score=SHARE,
        dense_rank=NUMBER_OR_NULL,
        keyword_rank=NUMBER_OR_NULL,
        duplicates=list_of(object_of(**DOCUMENT_NAME)),
        folded_into={**TEXT_OR_NULL, "description": "The better passage that this one repeats."},
        why=WHY,
    ),
    "SearchResult": object_of(
        query=TEXT,
        corrections=CORRECTIONS,
        passages=list_of(reference("Passage")),
        index=reference("Index"),
        took_ms={"type": "number", "minimum": 0},
    ),
    "Suggestions": object_of(questions=list_of(TEXT)),
    "Completions": object_of(
        completions=list_of(
            object_of(
                text=TEXT, kind={"enum": ["question", "title", "heading"]}, document_id=TEXT_OR_NULL
            )
        )
    ),
    "Index": object_of(build=TEXT_OR_NULL, documents=COUNT, passages=COUNT),
    "Extraction": EXTRACTION,
    "DocumentSummary": object_of(**SUMMARY),
    "Document": object_of(
        **SUMMARY,
        text=TEXT,
        page_labels={**list_of(TEXT_OR_NULL), "description": "Numbers printed on the pages."},
    ),
    "Verification": object_of(
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
                object_of(start=OFFSET, end=OFFSET, quote=TEXT, likeness=SHARE, permalink=TEXT),
                {"type": "null"},
            ],
        },
        moved_to={**TEXT_OR_NULL, "description": "Where a withdrawn document is found now."},
    ),
    "Boxes": object_of(
        document_id=TEXT,
        document_version=TEXT,
        start=OFFSET,
        end=OFFSET,
        boxes={
            **list_of(
                object_of(
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
    "Health": object_of(
        status={"const": "ok"},
        build=TEXT_OR_NULL,
        documents=COUNT,
        passages=COUNT,
        model=TEXT,
        building={"type": "boolean", "description": "Whether another build is being written."},
    ),
    "Feedback": FEEDBACK,
    "StoredFeedback": object_of(id=TEXT, stored={**TEXT, "format": "date-time"}),
    "Problem": optional(
        object_of(
            type=TEXT,
            title=TEXT,
            status={"type": "integer"},
            detail=TEXT,
            field={**TEXT, "description": "The part of the request that is out of range."},
        ),
        "field",
    ),
}
