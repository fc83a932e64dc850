"""Confidence in words, where it changes what a reader should do."""

from __future__ import annotations

CAUTIONS = (
    (0.55, ""),
    (0.35, "Perhaps the answer: read the passage around it."),
    (0.0, "May not be the answer: check it in its source."),
)
"""What to do about a first quote of at least this confidence, the highest first."""
