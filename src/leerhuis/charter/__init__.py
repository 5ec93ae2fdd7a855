"""What the house promises about data: the words, purposes, terms and audiences that every package declares.

Nothing here knows a package of the trade; everything is told by their `models.py` and `privacy.py`.
Start reading at words.py, then records.py and declarations.py.
"""
