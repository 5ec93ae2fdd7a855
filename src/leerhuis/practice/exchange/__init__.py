"""Question files: reading them item by item, and writing them again.

Each reader gives every item of a file back, as something usable or as a fault with its line and reason; nothing is
dropped in silence. Start reading at gift.py, then drafts.py.
"""
