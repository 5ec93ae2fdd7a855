"""The mails about privacy."""

from collections.abc import Sequence

from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.privacy.events import StatementPublished
from leerhuis.privacy.models import StatementVersion


@service_mail(
    cause=StatementPublished, nl="onze privacyverklaring is gewijzigd", en="our privacy statement has changed"
)
def statement_changed(person: Person, version: StatementVersion, sections: Sequence[str]) -> Letter:
    """Tell somebody that the statement changed: since when, in which chapters, and where every change stands.

    Keeps: L34.
    """
    told = {"since": version.created_at, "sections": list(sections)}
    links = {"changes": absolute("privacy_version", version.id), "statement": absolute("privacy_statement")}
    return Letter(recipient(person), version.id, {"name": person.first_name, **told, **links})
