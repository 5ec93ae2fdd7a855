"""The lists of the office: what a list shows, how it is searched, sorted, kept, taken along and worked through.

A package says in its `tables.py` what its list holds; everything else is done here, once. Start reading at listing.py.
"""
