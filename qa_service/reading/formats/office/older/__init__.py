"""Files of older office programs, by their records."""
