"""What the collection holds: documents listed, narrowed to, and compared."""
