"""What stands around a build that is run as a command: who watches it, what is fetched first."""
