"""Template tags about the house itself."""
