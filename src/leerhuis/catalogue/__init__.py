"""What is taught: courses, their runs, the lessons of a run, venues, trainers and the practice that goes with them.

Start reading at models.py, then actions.py.
"""
