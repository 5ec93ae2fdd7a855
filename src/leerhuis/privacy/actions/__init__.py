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
from leerhuis.privacy.actions.recipients import change_firm, end_firm, enter_firm
from leerhuis.privacy.actions.requests import (
    Refused,
    answer_request,
    ask_identity,
    check_code,
    count_code,
    decide_request,
    extend_request,
    prove_identity,
    receive_request,
    remind_of_requests,
    say_whose_request,
    take_request,
)
from leerhuis.privacy.actions.statement import announce_statement, compare_statement, publish_statement

__all__ = [
    "Refused",
    "announce_statement",
    "answer_request",
    "ask_identity",
    "change_firm",
    "check_code",
    "compare_statement",
    "count_code",
    "decide_request",
    "end_firm",
    "enter_firm",
    "extend_request",
    "hand_out_data",
    "hold",
    "hold_again",
    "let_go",
    "let_go_again",
    "prove_identity",
    "publish_statement",
    "receive_request",
    "release_again",
    "release_person",
    "remind_of_requests",
    "restrict_again",
    "restrict_person",
    "say_whose_request",
    "take_request",
]
