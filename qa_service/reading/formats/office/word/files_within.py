"""Files of other programs within Word documents."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from qa_service.reading.content import Member
from qa_service.reading.formats.office.drawings.words import R
from qa_service.reading.formats.office.packages.embedded import embedded

_OBJECT, _CHUNK, _WHOLE = qn("w:object"), qn("w:altChunk"), qn("w:subDoc")
_NAMED = "{urn:schemas-microsoft-com:office:office}OLEObject"


def files_within(word: WordDocument) -> tuple[tuple[Member, ...], int]:
    """The files that a document holds, and how many objects hold none that is read."""
    found = []
    for element in word.element.body.iter(_OBJECT, _CHUNK, _WHOLE):
        named = element.find(_NAMED) if element.tag == _OBJECT else element
        found.append(_file(word, named.get(f"{R}id")) if named is not None else None)
    members = tuple(member for member in found if member is not None)
    return members, len(found) - len(members)


def _file(word: WordDocument, name: str | None) -> Member | None:
    relation = word.part.rels.get(name or "")
    if relation is None or relation.is_external:
        return None
    part = relation.target_part
    return embedded(str(part.partname), part.blob)
