"""A transcript as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from qa_service.web.export.transcript import Transcript


def json_file(transcript: Transcript) -> bytes:
    """The members of Transcript as they are named there; a gap has neither quote nor number."""
    return json.dumps(asdict(transcript), ensure_ascii=False, indent=2).encode()
