"""A question as a feed that readers of news look at."""
