"""The shell around the core: everything that reads or writes the world."""
