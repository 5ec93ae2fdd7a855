"""Mail: an outbox in the academy's own tables, kinds with a Dutch and an English text, and delivery by the worker.

A mail is a row of the same transaction as the act that caused it. Start reading at kinds.py, then actions.py.
"""
