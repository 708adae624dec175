"""Coverage and freshness over time, from git history."""
