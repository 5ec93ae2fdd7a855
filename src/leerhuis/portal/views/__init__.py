"""Pages that join packages, by audience."""
