"""The engine in one process: a build is a folder of files."""
