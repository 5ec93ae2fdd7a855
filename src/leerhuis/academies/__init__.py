"""The academies: one academy is one controller, with its own schema, its own database role, hosts, settings and look.

Start reading at models.py, then actions.py (what founding an academy does) and middleware.py (how a host finds one).
"""
