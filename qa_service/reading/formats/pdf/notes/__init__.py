"""What is written onto a PDF page: typed notes, comments, the fields of forms."""
