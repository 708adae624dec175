"""The blocks of MDX, held against the original parser."""
