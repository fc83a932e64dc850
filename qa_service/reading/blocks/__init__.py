"""What was read in a file -> canonical text with pages, headings and places of words."""
