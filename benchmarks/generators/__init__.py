"""Sites of `docs/generators/`, built by the generators themselves, and what their pages show."""
