"""Leerhuis: an open, self-hosted training platform for training providers.

Each package below is a part of the trade; the floors on which they lie stand in `.importlinter`.
Start reading at docs/house.md.
"""
