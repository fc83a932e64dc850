"""What the form of a question leads to: parts by their number, terms by their meaning."""
