"""Which stretch is quoted: the whole thought, and lists that are asked for by their heading."""
