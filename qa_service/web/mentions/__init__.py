"""The page of every place that mentions something."""
