"""What the charter promises to the packages above it, tried on what they declared."""
