"""Numbers and times as sheets and charts show them, by the codes of their formats."""
