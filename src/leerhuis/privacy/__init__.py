"""Privacy: the statement computed from what the code declares, and what each person can see of their own data.

It knows no package of the trade: what it says and shows it asks of the charter. Start reading at statement.py, then
queries.py (what is held about one person).
"""
