"""Pages of the look, by audience."""
