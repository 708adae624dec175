"""What can be asked of texts in one language: their words, how similar they are, how much an edit changed."""
