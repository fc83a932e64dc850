"""OpenDocument files: texts, presentations, and what of sheets their values do not tell."""
