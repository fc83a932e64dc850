"""What of a PDF page is to be seen."""
