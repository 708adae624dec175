"""What texts of one language have in common: sequences, words, similarity, size of edits."""
