"""Reading: a source file -> Documents. Knows nothing of indexes, questions or pages."""

from qa_service.reading.blocks.canonical import canonical_text
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.metadata.dates import parse_date
from qa_service.reading.sources import Source, document_id, list_sources, source_version

__all__ = [
    "ReadingLimits",
    "Source",
    "canonical_text",
    "document_id",
    "list_sources",
    "parse_date",
    "source_version",
]
