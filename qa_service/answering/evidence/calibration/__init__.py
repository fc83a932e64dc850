"""Confidence made true: the profile it comes from, the map that was fitted, and its file."""
