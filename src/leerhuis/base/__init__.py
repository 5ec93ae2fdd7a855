"""The ground floor: time, ids, money, text, events, jobs and the edge of a transaction.

Nothing here knows a table of the trade. Start reading at edge.py.
"""
