"""Questions written over documents with the stretches that answer them: read, asked, measured."""
