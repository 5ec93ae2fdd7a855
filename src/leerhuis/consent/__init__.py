"""What people and organisations allowed: sharing agreements with employers, consents and objections.

Start reading at models.py, then actions.py.
"""
