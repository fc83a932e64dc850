"""The builds there are, whichever engine holds them, and moving them between engines."""
