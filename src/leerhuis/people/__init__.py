"""People: one row per person, their sign-in, their roles, and the gate that every request passes.

A person may exist without a sign-in (registered by an employer, or without an account) and open one later by a link.
Start reading at models.py, then actions.py and gate.py.
"""
