"""Ranked passages -> the places that answer, how sure that is, and which of them to quote."""
