"""What the packages of office software say of themselves: title, author, dates."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.content import FoundDate
from qa_service.reading.formats.office.packages.parts import local_name, parsed_xml
from qa_service.reading.metadata.dates import created_date
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

_OFFICE = "docProps/core.xml"
_OPEN_DOCUMENT = "meta.xml"
_FIELDS = {
    "creator": "author",
    "initial-creator": "author",
    "subject": "description",
    "keywords": "keywords",
    "keyword": "keywords",
    "language": "language",
}
_COPIES_A_TEMPLATE = "odfdo"
"""What this program makes says the day on which its own template was made."""
_CREATED = ("created", "creation-date")


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a package; `title` only where a person chose it."""

    title: str | None = None
    created: FoundDate | None = None
    metadata: dict[str, str] = field(default_factory=dict)


def package_properties(data: bytes) -> Properties:
    """The properties of a zip-based office file; empty for any other."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return Properties()
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = {_OFFICE, _OPEN_DOCUMENT} & set(package.namelist())
        values = [pair for name in names for pair in _values(package.read(name))]
    stated = dict(values)
    date = next((stated[name] for name in _CREATED if name in stated), "")
    if stated.get("generator", "").startswith(_COPIES_A_TEMPLATE):
        date = ""
    found = created_date(date)
    title = stated.get("title", "")
    return Properties(
        title=title if is_meaningful_title(title) else None,
        created=FoundDate(found, said("document properties")) if found else None,
        metadata={_FIELDS[name]: value for name, value in values if name in _FIELDS},
    )


def _values(data: bytes) -> list[tuple[str, str]]:
    """Local names of elements with their text; none of a damaged part."""
    try:
        root = parsed_xml(data)
    except etree.XMLSyntaxError:
        return []
    elements = (element for element in root.iter() if isinstance(element.tag, str))
    return [(local_name(item), item.text.strip()) for item in elements if (item.text or "").strip()]
