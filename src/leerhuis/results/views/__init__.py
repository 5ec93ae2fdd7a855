"""Pages of attendance, results and certificates, by audience."""
