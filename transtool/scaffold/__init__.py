"""Plans of what a command would write: new translations, and stamps."""
