"""What files are read with: where it is the same, an earlier reading of the same bytes holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from qa_service.reading.formats.office.legacy import office_program
from qa_service.reading.formats.scans.ocr import ocr_languages, ocr_program
from qa_service.reading.limits import ReadingLimits

_LIBRARIES = (
    *("charset-normalizer", "webencodings"),
    *("lxml", "markdown-it-py", "odfdo", "olefile", "py3langid", "pypdfium2", "python-calamine"),
    *("justext", "symspellpy"),
    *("python-docx", "python-oxmsg", "python-pptx", "trafilatura", "xlrd"),
)


def reading_fingerprint(limits: ReadingLimits) -> str:
    """sha256, in hex, of the limits, the code that reads, its libraries and programs."""
    state = {
        "limits": asdict(limits),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "programs": [office_program(), _ocr()],
    }
    digest = hashlib.sha256(json.dumps(state, sort_keys=True).encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _ocr() -> tuple[str, str] | None:
    """Tesseract and the languages it knows; None where it is not installed."""
    program = ocr_program()
    return (program, ocr_languages(program)) if program else None
