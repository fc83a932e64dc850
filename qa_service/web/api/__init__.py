"""The JSON endpoint: requests checked, answers and errors in its shapes, and their description."""
