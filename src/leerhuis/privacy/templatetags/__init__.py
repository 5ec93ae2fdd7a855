"""Template tags of data about people."""
