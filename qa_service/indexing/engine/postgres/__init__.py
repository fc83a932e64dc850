"""The engine of several machines: a build is a schema of a PostgreSQL database with pgvector."""
