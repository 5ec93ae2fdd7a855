"""What Lighthouse says of a learner's pages on a telephone; start reading at `__main__.py`."""
