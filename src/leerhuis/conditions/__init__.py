"""The general conditions of the academy: published in versions, each kept as it was, with what was agreed under it.

Lies below the trade, so that a registration can name the version that was accepted. Start reading at actions.py.
"""
