"""A pinboard of quotes, which the browser keeps, and the briefing that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa_service.web.briefing.as_data import bibtex_file, csl_json_file
from qa_service.web.briefing.as_markdown import markdown_file
from qa_service.web.briefing.as_word import word_file
from qa_service.web.briefing.written import WrittenBriefing
from qa_service.web.export import WORD_TYPE


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its bytes are made, its media type and the ending of its name."""

    write: Callable[[WrittenBriefing], bytes]
    media_type: str
    ending: str


FORMATS = {
    "docx": Format(word_file, WORD_TYPE, "docx"),
    "markdown": Format(markdown_file, "text/markdown", "md"),
    "bibtex": Format(bibtex_file, "application/x-bibtex", "bib"),
    "csl-json": Format(csl_json_file, "application/vnd.citationstyles.csl+json", "json"),
}
