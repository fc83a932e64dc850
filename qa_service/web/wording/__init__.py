"""Values in the words that people read: chips, verdicts, timelines."""
