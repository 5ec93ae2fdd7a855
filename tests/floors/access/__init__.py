"""Who may what: every address asked by everybody, in every state, about everybody's things.

The table of what must hold is written by hand in `matrix.py`; the audiences that routes declare are held against it.
Start reading at `matrix.py`, then `test_matrix.py`.
"""
