"""What confidence is worth in one index, and the map that makes it true."""
