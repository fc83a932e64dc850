"""Questions that the collection answers, made from its own words."""
