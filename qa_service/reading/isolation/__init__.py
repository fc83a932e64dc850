"""Reading in child processes: what a bad file does there costs that file alone."""
