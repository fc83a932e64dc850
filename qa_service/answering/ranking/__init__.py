"""A question -> passages in order: retrieved, fused, ranked again, near-duplicates folded."""
