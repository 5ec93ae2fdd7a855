"""The `leerhuis` command: one module per group of words that an operator types.

Each module has `add_to(commands)`, which declares its words and binds every one to a function that takes
the parsed words and returns an exit code. The exit codes are the same everywhere (`exits.py`).
Nothing here knows the trade: a command calls one function of a package and prints what it says.
Start reading at `command.py`.
"""

from leerhuis.config.cli.command import main

__all__ = ["main"]
