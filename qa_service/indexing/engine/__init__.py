"""What a build holds on disk, and how it is searched."""
