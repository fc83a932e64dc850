"""Confidence in words, where it changes what a reader should do."""

from __future__ import annotations

from qa_service.translation.catalogue import N_

SURE = 0.55
"""Confidence from which nothing has to be said of an answer."""
CAUTIONS = (
    (SURE, ""),
    (0.35, N_("Perhaps the answer: read around it.")),
    (0.0, N_("May not be the answer: check it.")),
)
"""What to do about a first quote of at least this confidence, the highest first."""
