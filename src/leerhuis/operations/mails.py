"""The mail about the house itself."""

from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.operations.events import BackupsInTrouble
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient


@service_mail(cause=BackupsInTrouble, nl="er is iets met de reservekopieën", en="something is wrong with the backups")
def backups_in_trouble(person: Person, troubles: tuple[str, ...]) -> Letter:
    """Tell an administrator what is the matter with the backups, and where to read what to do. Keeps: L22."""
    link = absolute("operations_backups")
    return Letter(recipient(person), person.id, {"name": person.first_name, "troubles": list(troubles), "link": link})
