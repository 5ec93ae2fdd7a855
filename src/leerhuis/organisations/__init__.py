"""Customer organisations, the people who work there, and their contacts.

Start reading at models.py, then actions.py.
"""
