"""Saying that there is no answer, and why: nothing found, nothing there, or denied."""
