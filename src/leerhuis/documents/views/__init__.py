"""Opening documents, by audience."""
