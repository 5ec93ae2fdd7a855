"""What the demo is filled with: two academies, their courses, people and organisations, and three question banks.

Everything here is invented and written for Leerhuis: no real person, organisation or house is meant. The content
stands in plain files (TOML, and GIFT for the questions); dates are relative to the day on which the demo is built,
and nothing is left to chance. No rule of the trade lives here: this package knows no model and no database.

Start reading at ``loader.py``.
"""
