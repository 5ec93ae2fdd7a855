"""The demo: two invented academies, filled anew each time it is built; start reading at ``content/loader.py``."""
