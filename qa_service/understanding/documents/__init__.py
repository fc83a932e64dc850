"""What a question says of the collection: asked for, spoken of, or missing from it."""
