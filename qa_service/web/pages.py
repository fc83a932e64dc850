"""The pages people read. They work without JavaScript; with it, the chat keeps its thread."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from qa_service.errors import InputError, NoIndex
from qa_service.schema import DocumentSummary, IndexInfo
from qa_service.web.answer_service import current_service
from qa_service.web.asking import answer_to, asked_by
from qa_service.web.document_view import blocks, marked_span, opens_with_title
from qa_service.web.problems import HOW_TO_BUILD, problem_of

blueprint = Blueprint("pages", __name__)
MOST_STARTERS = 6
CHANGED = "This document has changed since it was cited: compare the quote with the text below."
NO_SUCH_PLACE = "The place this address names is not in the document, so nothing is marked."


@blueprint.get("/")
def chat() -> ResponseReturnValue:
    """The chat page; with `q` in the address, the answer to it as well."""
    documents = _documents()
    asked = asked_by(request.args, documents)
    text = request.args.get("q")
    page = partial(_chat_page, asked=asked, documents=documents)
    try:
        return page(answer=answer_to(text, asked) if text is not None else None)
    except InputError as error:
        problem = problem_of(error)
        return page(question=text, problem=problem), problem.status


@blueprint.get("/documents")
def document_list() -> str:
    """Every document that answers may come from."""
    documents = current_service().documents()
    return render_template("documents.html", documents=documents)


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> str:
    """One document as a page, with the place the address names marked."""
    summary, document = current_service().document(document_id)
    start, end = request.args.get("start"), request.args.get("end")
    mark = marked_span(document.text, start, end)
    return render_template(
        "document.html",
        summary=summary,
        blocks=blocks(document, mark),
        opens_with_title=opens_with_title(document),
        marked=mark is not None,
        notices=_notices(summary, mark is not None),
    )


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """For browsers that ask for it whatever the page says."""
    return send_from_directory(f"{blueprint.root_path}/static", "favicon.svg")


def _chat_page(documents: tuple[DocumentSummary, ...], **values: object) -> str:
    index = _index_info()
    return render_template(
        "chat.html",
        index=index,
        how_to_build=HOW_TO_BUILD,
        collections=sorted({document.collection for document in documents}),
        starters=current_service().suggestions()[:MOST_STARTERS] if index else (),
        **values,
    )


def _documents() -> tuple[DocumentSummary, ...]:
    """What can be chosen from; nothing before the first build."""
    try:
        return current_service().documents()
    except NoIndex:
        return ()


def _index_info() -> IndexInfo | None:
    """What can be asked about; None before the first build."""
    try:
        return current_service().index_info()
    except NoIndex:
        return None


def _notices(summary: DocumentSummary, marked: bool) -> list[str]:
    """What a reader must know before trusting the mark."""
    place_named = "start" in request.args or "end" in request.args
    cited_version = request.args.get("version")
    notices = []
    if cited_version and cited_version != summary.version:
        notices.append(CHANGED)
    if place_named and not marked:
        notices.append(NO_SUCH_PLACE)
    return notices
