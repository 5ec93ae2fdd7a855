"""Pages about data, by audience."""
