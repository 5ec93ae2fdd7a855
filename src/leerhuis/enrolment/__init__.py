"""Registering for a run: what is handed in, who gets a seat, who waits, who withdraws, and what an employer may see.

A *registration* is what is handed in; an *enrolment* is one learner in one run. Start reading at models.py, then
rules.py, seats.py and actions/registering.py.
"""
