"""The languages that the page speaks."""

from __future__ import annotations

DEFAULT = "en"
"""The language in which the words stand in the code."""
LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Each by its code, with what it calls itself."""
LOCALES = {"en": "en-GB", "de": "de"}
"""What the markup of a page names, and how dates and numbers are written."""
