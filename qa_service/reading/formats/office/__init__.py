"""Office files: documents, slides and spreadsheets of several makers."""
