"""Anonymous facts: what the academy did, counted month by month without a trace of who, and what is shown of that.

Counted early, so that rows of people can really go; shown in groups that are large enough. Start reading at publish.py,
then actions.py.
"""
