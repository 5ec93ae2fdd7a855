"""The crowd of the demo: some sixty runs and three hundred and fifty people around the standing characters.

The standing characters' history is played by the house's own actions (``../history.py``). The crowd's is too long for
that: its rows are made here as those actions make them, and written in one statement per table. A test holds the two
next to each other. Start reading at ``build.py``.
"""
