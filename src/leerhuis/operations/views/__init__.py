"""Pages about the house itself."""
