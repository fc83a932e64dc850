"""What language a text is in, which words are known, and whether its letters make words."""
