"""A build, and what people left beside it, in one file that can be moved."""
