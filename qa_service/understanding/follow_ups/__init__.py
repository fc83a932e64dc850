"""Questions that lean on the conversation before them, made to stand alone."""
