"""Pages about agreements, by audience."""
