"""Questions that somebody follows: which documents answer them, and what is new since last time."""
