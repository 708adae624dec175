"""Rules that need only a translation and its source: each a small function that yields findings."""
