"""What a report says: every expected (episode, language) judged, and lists made of that."""
