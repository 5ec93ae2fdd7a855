"""Template tag library of results."""
