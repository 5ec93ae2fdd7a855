"""Pages of the conditions, by audience."""
