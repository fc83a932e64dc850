"""Plain text, Markdown, tables and records."""
