"""A quote and its place: verified, found again, and what else says the same."""
