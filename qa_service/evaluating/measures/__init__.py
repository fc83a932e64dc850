"""Figures of one run, their intervals, and the comparison of two."""
