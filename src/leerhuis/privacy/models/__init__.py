"""The tables of privacy; each noun has a file of its own."""

from leerhuis.privacy.models.complaints import Complaint
from leerhuis.privacy.models.letting_go import Erasure, Redaction, RetentionRun
from leerhuis.privacy.models.limits import Hold, Restriction
from leerhuis.privacy.models.recipients import Firm
from leerhuis.privacy.models.removals import Removal
from leerhuis.privacy.models.replies import Reply
from leerhuis.privacy.models.requests import Request, RequestGround
from leerhuis.privacy.models.statement import StatementVersion

__all__ = [
    "Complaint",
    "Erasure",
    "Firm",
    "Hold",
    "Redaction",
    "Removal",
    "Reply",
    "Request",
    "RequestGround",
    "Restriction",
    "RetentionRun",
    "StatementVersion",
]
