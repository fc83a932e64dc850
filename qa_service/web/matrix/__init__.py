"""Documents by questions: one best quote in each cell, or that there is none."""
