"""Translation coverage and staleness of numbered Markdown episodes."""

__version__ = "0.1.0"
