"""A build made on many machines: one asks for files to be read and passages to be encoded."""
