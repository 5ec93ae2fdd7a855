"""What came of it: attendance per lesson, the result of an enrolment, and the certificate.

Start reading at models.py, then actions.py.
"""
