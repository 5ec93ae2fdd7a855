"""What people and organisations allowed: what was agreed with an employer about the learners that it enrols.

Nothing is shared by default. Start reading at models.py, then actions.py.
"""
