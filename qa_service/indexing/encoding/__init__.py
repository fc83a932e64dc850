"""Passages -> vectors: models, their exports, and what is kept of an unfinished build."""
