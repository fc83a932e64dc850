"""A build in a database as questions read it."""
