"""The pictures of README and tutorials, and the program that takes them: start reading at `take.py`."""
