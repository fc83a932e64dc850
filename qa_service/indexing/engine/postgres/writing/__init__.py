"""Builds put into a database, kept there, and brought back."""
