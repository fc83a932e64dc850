"""A build as some people see it: as if it held the documents that they may read, and no others."""
