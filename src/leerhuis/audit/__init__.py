"""Who did something, and who looked at somebody's data, and when. Field names are kept, never values.

Lies below the people it names: a person is a reference here. Start reading at actor.py, then actions.py.
"""
