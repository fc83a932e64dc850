"""The corpus -> a new build: read, reused, written, checked."""
