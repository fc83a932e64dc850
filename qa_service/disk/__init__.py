"""What is safely on the disk."""
