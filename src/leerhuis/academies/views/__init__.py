"""Pages of the academy itself."""
