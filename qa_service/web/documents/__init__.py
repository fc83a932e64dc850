"""The pages of documents: a cited place marked, originals and pictures of pages."""
