"""One module for each family of formats: the bytes of a file -> Content."""
