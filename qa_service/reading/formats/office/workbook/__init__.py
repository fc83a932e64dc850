"""Workbooks of all kinds: their sheets, and what of them their values do not tell."""
