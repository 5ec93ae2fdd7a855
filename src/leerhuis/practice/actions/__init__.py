"""What can be done in practice, by noun: access, rounds, content."""
