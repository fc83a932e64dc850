"""Reading: a source file -> a Document. Knows nothing of indexes, questions or pages."""

from qa_service.reading.canonical import canonical_text
from qa_service.reading.dates import find_date, parse_date
from qa_service.reading.sources import READERS, document_id, list_sources, read_document

__all__ = [
    "READERS",
    "canonical_text",
    "document_id",
    "find_date",
    "list_sources",
    "parse_date",
    "read_document",
]
