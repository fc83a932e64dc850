"""What a document says of itself: its title, date and language."""
