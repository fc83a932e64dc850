"""Question sets: read, written by hand, or made from documents and feedback."""
