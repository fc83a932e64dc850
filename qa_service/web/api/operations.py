"""Every operation under /api: what it takes, what it gives, and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qa_service.contract import documents, mentions, shapes
from qa_service.web.api import look_ups, operator_shapes, requests
from qa_service.web.export.conversation import Conversation, ExportAddress


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one path does.

    `gives` is the shape of its result and `body` that of its request, or "file" for bytes;
    `address` that of the query, whose members are the parameters. `problems` are the statuses of
    errors, to which an operator's operation adds those of the token.
    """

    method: str
    path: str
    name: str
    summary: str
    gives: Any = None
    problems: tuple[int, ...] = ()
    body: Any = None
    address: type | None = None
    success: str = "200"
    also_csv: bool = False

    @property
    def is_operators(self) -> bool:
        """Whether the operator's token is needed."""
        return self.path.startswith("/api/operator/")


FOR_EVERYONE = (
    Operation(
        "post",
        "/api/ask",
        "ask",
        "Answer a question with quotes and citations, or say why there is none",
        shapes.Answer,
        (400, 413, 415, 422, 503),
        body=requests.Question,
    ),
    Operation(
        "get",
        "/api/search",
        "search",
        "Rank passages for a query",
        shapes.SearchResult,
        (422, 503),
        address=requests.SearchAddress,
    ),
    Operation(
        "get",
        "/api/mentions",
        "mentions",
        "Every place that mentions a word, a name or a phrase, in any form",
        mentions.Mentions,
        (422, 503),
        address=look_ups.MentionsAddress,
        also_csv=True,
    ),
    Operation(
        "get",
        "/api/facts",
        "facts",
        "What every document states of a label",
        mentions.StatedFacts,
        (422, 503),
        address=look_ups.FactsAddress,
        also_csv=True,
    ),
    Operation(
        "get",
        "/api/suggestions",
        "suggest",
        "Questions that the documents answer",
        documents.Suggestions,
        (503,),
    ),
    Operation(
        "get",
        "/api/complete",
        "complete",
        "Questions, titles and headings that begin as what was typed",
        documents.Completions,
        (422, 503),
        address=requests.CompletionAddress,
    ),
    Operation(
        "post",
        "/api/export",
        "export",
        "A conversation as a file, every quote with its full citation",
        "file",
        (400, 413, 415, 422, 503),
        body=Conversation,
        address=ExportAddress,
    ),
    Operation(
        "get",
        "/api/documents",
        "listDocuments",
        "List the documents",
        list[shapes.DocumentSummary],
        (503,),
    ),
    Operation(
        "get",
        "/api/documents/{document_id}",
        "getDocument",
        "A document with its canonical text",
        shapes.Document,
        (404, 410, 503),
    ),
    Operation(
        "get",
        "/api/documents/{document_id}/boxes",
        "getBoxes",
        "Where a stretch of a document stands on its pages, one box a line",
        documents.Boxes,
        (404, 410, 422, 503),
        address=requests.StretchAddress,
    ),
    Operation(
        "get",
        "/api/citations/verify",
        "verifyCitation",
        "Whether cited words still stand where they were cited",
        documents.Verification,
        (404, 422, 503),
        address=requests.VerificationAddress,
    ),
    Operation(
        "post",
        "/api/feedback",
        "giveFeedback",
        "Say that an answer is right or wrong; ranking does not change by it",
        documents.StoredFeedback,
        (400, 403, 413, 415, 422, 503, 507),
        body=requests.Feedback,
        success="201",
    ),
    Operation(
        "delete",
        "/api/feedback/{feedback_id}",
        "takeFeedbackBack",
        "Remove a verdict",
        problems=(403, 404, 503),
        success="204",
    ),
    Operation(
        "get",
        "/api/health",
        "health",
        "Whether questions can be answered, and from what",
        documents.Health,
        (503,),
    ),
    Operation("get", "/api/openapi.json", "describe", "This text", dict[str, Any]),
)
FOR_OPERATORS = (
    Operation(
        "get",
        "/api/operator/documents",
        "reportDocuments",
        "How every file was read",
        operator_shapes.OperatorDocuments,
    ),
    Operation(
        "get",
        "/api/operator/check",
        "check",
        "Compare the index with the files",
        operator_shapes.Check,
        (503,),
    ),
    Operation(
        "get",
        "/api/operator/build",
        "followBuild",
        "How the latest build stands",
        operator_shapes.BuildRun,
    ),
    Operation(
        "post",
        "/api/operator/build",
        "startBuild",
        "Start a build",
        operator_shapes.BuildRun,
        (409, 422),
        address=operator_shapes.BuildAddress,
        success="202",
    ),
    Operation(
        "delete",
        "/api/operator/build",
        "cancelBuild",
        "End the build that is running",
        operator_shapes.BuildRun,
    ),
    Operation(
        "get",
        "/api/operator/builds",
        "listBuilds",
        "Builds that are kept, the latest first",
        operator_shapes.Builds,
    ),
    Operation(
        "post",
        "/api/operator/builds/{build}/use",
        "useBuild",
        "Go back to a build",
        operator_shapes.Builds,
        (409,),
    ),
    Operation(
        "get",
        "/api/operator/uploads",
        "listUploads",
        "Uploaded files and their state",
        operator_shapes.Uploads,
    ),
    Operation(
        "put",
        "/api/operator/uploads/{name}",
        "upload",
        "Store a file",
        operator_shapes.Taken,
        (409, 413, 422, 507),
        body="file",
        address=operator_shapes.UploadAddress,
        success="201",
    ),
    Operation(
        "delete", "/api/operator/uploads/{name}", "removeUpload", "Remove a file", success="204"
    ),
    Operation(
        "get",
        "/api/operator/questions",
        "listQuestions",
        "Questions, open ones first",
        operator_shapes.AskedQuestions,
    ),
    Operation(
        "delete",
        "/api/operator/questions",
        "forgetQuestions",
        "Remove the records of one question or all",
        operator_shapes.Removed,
        address=operator_shapes.ForgetAddress,
    ),
)
OPERATIONS = FOR_EVERYONE + FOR_OPERATORS
