"""Pages of practice, by audience."""
