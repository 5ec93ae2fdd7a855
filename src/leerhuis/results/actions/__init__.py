"""What can be done with attendance, results and certificates. Each noun has a file of its own."""

from leerhuis.results.actions.attendance import (
    correct_attendance,
    mark_all_present,
    mark_attendance,
    submit_sheet,
)
from leerhuis.results.actions.outcomes import give_result, issue_certificate, revoke_certificate

__all__ = [
    "correct_attendance",
    "give_result",
    "issue_certificate",
    "mark_all_present",
    "mark_attendance",
    "revoke_certificate",
    "submit_sheet",
]
