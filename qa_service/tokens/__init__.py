"""Tokens by which programs say which groups they are in."""
