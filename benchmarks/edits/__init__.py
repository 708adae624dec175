"""Edit generated and real front matter, and read it back with readers that are not ours."""
