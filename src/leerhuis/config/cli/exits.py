"""What the exit codes of the `leerhuis` command mean."""

from typing import Final

GOOD: Final = 0
"""All is well, or what was asked has been done."""
WRONG: Final = 1
"""Something is wrong; what to do about it has been printed."""
USAGE: Final = 2
"""The command was typed wrongly; nothing was done."""
NOT_READY: Final = 3
"""The database cannot be reached or another Leerhuis is in the way; nothing was done, try again."""

EXPLANATION: Final = """exit codes:
  0  all is well, or what was asked has been done
  1  something is wrong; what to do about it has been printed
  2  the command was typed wrongly; nothing was done
  3  not ready: the database cannot be reached, or a port or folder is in use; nothing was done
"""


class Stop(Exception):
    """Ends a command with an exit code and words for the operator, without a trace."""

    def __init__(self, words: str, code: int = WRONG) -> None:
        super().__init__(words)
        self.code = code
