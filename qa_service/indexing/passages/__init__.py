"""A document -> passages of whole sentences."""
