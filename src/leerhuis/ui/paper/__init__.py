"""Paper: what a page in PDF looks like, and the press that sets it. Start reading at press.py."""
