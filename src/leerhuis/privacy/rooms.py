"""The rooms of the privacy officer: what each page is called, and what is found there."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Room(NamedTuple):
    """A page of the privacy officer: its route, sign, name, and what it tells."""

    route: str
    icon: str
    title: str | Promise
    says: str | Promise


PARTS: Final[tuple[tuple[str | Promise, tuple[Room, ...]], ...]] = (
    (
        _("People and their rights"),
        (
            Room(
                "privacy_requests_list", "inbox", _("Requests about data"), _("What came in, by when, and the answer")
            ),
            Room("privacy_complaints_list", "speakerphone", _("Complaints"), _("What came in, and what came of it")),
            Room("consent_office", "check", _("Consents"), _("How many said yes to what, and the ledger")),
            Room(
                "privacy_restricted",
                "lock",
                _("Restricted people"),
                _("Whose data are only kept while something is checked or weighed (article 18 GDPR)"),
            ),
        ),
    ),
    (
        _("What the academy answers for"),
        (
            Room("privacy_publish", "file-text", _("Publish the statement"), _("What would change, and who is told")),
            Room(
                "privacy_record",
                "file-text",
                _("Record of processing"),
                _("What the supervisory authority may ask for (article 30 GDPR), as a page and as a sheet"),
            ),
            Room(
                "privacy_holds",
                "hand-stop",
                _("Holds"),
                _("What may not be erased yet because of a dispute, a claim or an investigation, and until when"),
            ),
            Room(
                "privacy_removals",
                "building",
                _("Organisations that leave"),
                _("Who is under notice, and what went with those that are gone"),
            ),
            Room(
                "operations_backups",
                "database",
                _("Backups"),
                _("How old the newest and the oldest are, and whether they were tried"),
            ),
        ),
    ),
    (
        _("Who else gets data"),
        (
            Room(
                "privacy_firms",
                "building",
                _("Suppliers"),
                _("Who works for the academy, where, and under which agreement"),
            ),
            Room(
                "privacy_left",
                "send",
                _("Left the house"),
                _("What went to others, and what was taken along in a file, counted by month"),
            ),
        ),
    ),
)
