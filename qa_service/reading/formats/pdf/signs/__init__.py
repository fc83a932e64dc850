"""Signs of a PDF page written as they are meant: raised figures, right-to-left letters."""
