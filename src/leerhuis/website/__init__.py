"""The public site: what the academy teaches, for whom, when, where and for how much, and who the academy is.

No sign-in, no script and no cookie is needed to read it, and it asks nothing of any other host. It keeps no data.
Start reading at views/public.py, then queries.py.
"""
