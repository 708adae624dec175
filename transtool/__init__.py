"""Translation coverage and staleness of numbered Markdown episodes."""
