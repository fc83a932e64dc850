"""Collections that lie at an address: mirrored into a folder, which is then read like any other."""
