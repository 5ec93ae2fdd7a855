"""What is done with people's data at their request, and with what the academy tells about it. A file for each noun."""

from leerhuis.privacy.actions.handing import hand_out_data
from leerhuis.privacy.actions.limits import (
    hold,
    hold_again,
    let_go,
    let_go_again,
    release_again,
    release_person,
    restrict_again,
    restrict_person,
)
from leerhuis.privacy.actions.statement import announce_statement, compare_statement, publish_statement

__all__ = [
    "announce_statement",
    "compare_statement",
    "hand_out_data",
    "hold",
    "hold_again",
    "let_go",
    "let_go_again",
    "publish_statement",
    "release_again",
    "release_person",
    "restrict_again",
    "restrict_person",
]
