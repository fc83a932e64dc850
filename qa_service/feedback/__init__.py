"""What people said of answers, kept in one file of the index folder. Nothing ranks by it."""
