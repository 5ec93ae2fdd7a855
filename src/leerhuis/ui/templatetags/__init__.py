"""Template tag libraries of the look."""
