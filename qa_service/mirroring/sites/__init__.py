"""Web sites by their sitemaps or lists of pages, fetched politely and from public hosts alone."""
