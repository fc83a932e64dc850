"""Who asks, as far as documents are not for everybody: which groups they are in."""
