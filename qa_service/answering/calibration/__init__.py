"""Confidence made true: the profile it comes from, and the file of the map that was fitted."""
