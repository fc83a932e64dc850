"""The page of a matrix. The browser keeps it; rows, cells and files are made here.

A cell is the answer to a question asked of one document alone, as the endpoint gives it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Flask, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import to_builtins

from qa_service.contract.checking import checked_address
from qa_service.deadline import in_time
from qa_service.errors import NoIndex
from qa_service.nouns.documents import DocumentSummary
from qa_service.web.api.bodies import json_body
from qa_service.web.api.requests import question_from
from qa_service.web.export import attachment, named_file
from qa_service.web.export.sent_quotes import Comparison
from qa_service.web.matrix.files import FORMATS, MatrixAddress
from qa_service.web.matrix.shapes import (
    MOST_DOCUMENTS,
    MOST_QUESTIONS,
    CellAddress,
    Matrix,
    cell_of,
    matrix_from,
    shown,
)
from qa_service.web.serving.answer_service import admitted_service, aside, current_service
from qa_service.web.serving.origins import require_own_page

MATRIX_SIZE_FACTOR = 12
"""How much longer than any other request a matrix may be."""

blueprint = Blueprint("matrix", __name__)


def register(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)


@blueprint.before_request
def _require_own_page() -> None:
    if request.method == "POST":
        require_own_page()


@blueprint.get("/matrix")
def page() -> str:
    """What to ask and whom; scripts put the matrix that this browser keeps below it."""
    documents = _documents()
    return render_template(
        "matrix.html",
        documents=sorted(documents, key=lambda it: it.date or "", reverse=True),
        collections=sorted({document.collection for document in documents}),
        most_questions=MOST_QUESTIONS,
        most_documents=MOST_DOCUMENTS,
    )


@blueprint.post("/matrix/table")
def table() -> str:
    """A matrix as a table, with the cells that are filled already."""
    matrix = _matrix()
    with aside("turns"):
        rows = matrix.rows(Comparison().mismatch_of)
        return _macro("matrix_table", matrix.questions, in_time(matrix.documents), rows)


@blueprint.post("/matrix/cell")
def cell() -> str:
    """One cell, filled: the best quote of one document for one question."""
    asked = checked_address(request.form, CellAddress)
    question = question_from(
        {
            "question": asked.q,
            "limit": 1,
            "scope": False,
            "filters": {"document_ids": [asked.document]},
        }
    )
    summary, _ = current_service().document(asked.document)
    with admitted_service() as service:
        found = cell_of(service.ask(question), asked.column, asked.row)
    return _macro(
        "matrix_cell", shown(found, summary.id, summary.title, summary.date), to_builtins(found)
    )


@blueprint.post("/matrix/file")
def file() -> ResponseReturnValue:
    """A matrix as a file to take away. Nothing of it is stored."""
    chosen = FORMATS[checked_address(request.args, MatrixAddress).format]
    matrix = _matrix()
    with aside("export"):
        content = chosen.write(matrix, request.url_root, date.today())
    name = named_file(matrix.questions[0], date.today().isoformat(), chosen.ending, "matrix")
    return attachment(content, chosen.media_type, name)


def _matrix() -> Matrix:
    request.max_content_length = (request.max_content_length or 0) * MATRIX_SIZE_FACTOR
    return matrix_from(json_body(request))


def _documents() -> tuple[DocumentSummary, ...]:
    try:
        return current_service().documents()
    except NoIndex:
        return ()


def _macro(name: str, *values: Any) -> str:
    return str(get_template_attribute("matrix_table.html", name)(*values))
