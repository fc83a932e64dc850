"""A run as text and as a page with pictures."""
