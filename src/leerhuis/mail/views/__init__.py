"""Pages of mail, by audience."""
