"""What the packages of office files hold besides their words: properties, parts, files within."""
