"""What serves: processes, places to wait, response headers, whom to trust."""
