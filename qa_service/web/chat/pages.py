"""The pages people read. They work without JavaScript; with it, the chat keeps its thread."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from qa_service.errors import InputError, NoIndex
from qa_service.indexing.keeping.partial import is_building
from qa_service.nouns.documents import Document, DocumentSummary, page_at
from qa_service.nouns.results import IndexInfo
from qa_service.reading.blocks.word_boxes import quote_boxes
from qa_service.reading.originals import WIDTHS
from qa_service.translation.catalogue import _
from qa_service.web.chat.citing import cited_summary
from qa_service.web.chat.question_form import answer_to, asked_by
from qa_service.web.documents.cited_place import CitedPlace, cited_place
from qa_service.web.documents.document_view import opens_with_title, outline, sheets
from qa_service.web.documents.listing import FACETS, ROWS_OF_A_PAGE, SORTS, UNKNOWN, listing
from qa_service.web.documents.originals import is_pictured, why_not_shown
from qa_service.web.documents.portions import portion_of
from qa_service.web.looks import example_questions
from qa_service.web.serving.answer_service import aside, current_service, current_settings
from qa_service.web.serving.problems import HOW_TO_BUILD, problem_of

blueprint = Blueprint("pages", __name__)
MOST_STARTERS = 6


@blueprint.get("/")
def chat() -> ResponseReturnValue:
    """The chat page; with `q` in the address, the answer to it as well."""
    return show_chat("chat.html")


def show_chat(template: str) -> ResponseReturnValue:
    """The chat page by this template, for what the address asks."""
    documents = _documents()
    asked = asked_by(request.args, documents)
    text = request.args.get("q")
    page = partial(_chat_page, template, asked=asked, documents=documents)
    try:
        answer = answer_to(text, asked) if text is not None else None
        return page(answer=answer, rebuilt=_is_rebuilt(answer))
    except InputError as error:
        problem = problem_of(error)
        return page(question=text, problem=problem), problem.status


@blueprint.get("/documents")
def document_list() -> str:
    """Every document that answers may come from; with `choices`, as ticks for the filters."""
    service = current_service()
    if "choices" in request.args:
        return render_template("choices.html", documents=service.documents())
    places, titles = service.places(), service.short_titles()
    return render_template(
        "documents.html",
        listing=listing(service.documents(), places, titles, request.args),
        places=places,
        sorts=SORTS,
        facets=FACETS,
        unknown=UNKNOWN,
        rows_of_a_page=ROWS_OF_A_PAGE,
    )


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> str:
    """One document as a page, with the place the address names marked."""
    with aside("documents"):
        return _document_page(*current_service().document(document_id))


def _document_page(summary: DocumentSummary, document: Document) -> str:
    """The portion with the place that the address names, marked."""
    cited = cited_place(document, request.args)
    boxes = quote_boxes(document, *cited.mark) if cited.mark else ()
    withheld = why_not_shown(summary)
    portion = portion_of(document, request.args.get("portion"), cited.mark[0] if cited.mark else 0)
    return render_template(
        "document.html",
        summary=summary,
        portion=portion,
        sheets=sheets(document, portion, cited.mark, boxes),
        outline=outline(document, portion),
        opens_with_title=opens_with_title(document),
        cited=cited,
        citation=_citation(summary, document, cited),
        quote=document.text[slice(*cited.mark)] if cited.mark else "",
        boxes=boxes,
        withheld=withheld,
        pictured=is_pictured(summary) and not withheld,
        has_pictures=is_pictured(summary),
        widths=WIDTHS,
    )


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """For browsers that ask for it whatever the page says."""
    return current_app.send_static_file("favicon.svg")


def _chat_page(template: str, documents: tuple[DocumentSummary, ...], **values: object) -> str:
    index = _index_info()
    return render_template(
        template,
        index=index,
        building=is_building(current_settings().index_dir),
        how_to_build=_(HOW_TO_BUILD),
        collections=sorted({document.collection for document in documents}),
        years=sorted({it.date[:4] for it in documents if it.date}, reverse=True),
        starters=example_questions()[:MOST_STARTERS] if index else (),
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


def _is_rebuilt(answer: dict[str, Any] | None) -> bool:
    """Whether another build answered when the address was made than does now."""
    build = request.args.get("build")
    return bool(answer and build and build != answer["index"]["build"])


def _citation(
    summary: DocumentSummary, document: Document, cited: CitedPlace
) -> dict[str, Any] | None:
    """What is marked, as a citation; None where nothing is."""
    if cited.mark is None:
        return None
    return cited_summary(summary, page_at(document, cited.mark[0]), cited.mark)
