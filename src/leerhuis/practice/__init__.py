"""Practice: question banks, answering them in short rounds, and remembering for longer.

A person gets access to a bank (enrolments push it down), answers questions in rounds, and each question comes back
just before it would be forgotten. Nobody but the person sees how it goes. Start reading at models/content.py, then
actions/rounds.py; question files are read in exchange/.
"""
