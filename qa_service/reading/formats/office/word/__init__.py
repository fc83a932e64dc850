"""Word documents: body, notes, numbers."""
