"""Pictures of text, by a program that recognises it."""
