"""The house style of an academy: its logo, colour and typeface, chosen while it runs, over what its settings file says.

Lies below the academy itself, whose style sheet asks it. Start reading at actions.py, then mark.py.
"""
