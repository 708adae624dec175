"""Rules that need nothing but a translation and its source: one small function each, giving findings."""
