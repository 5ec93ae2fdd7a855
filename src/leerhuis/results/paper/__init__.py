"""What results puts on paper: the certificate and the attendance list, typeset as accessible PDF.

Start reading at certificate.py.
"""
