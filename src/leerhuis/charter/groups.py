"""Groups: the categories of persons whose data a purpose concerns (article 30(1)(c) AVG)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A category of persons, in the words of the record of processing."""

    key: str
    nl: str
    en: str


LEARNERS = Group("learners", "deelnemers", "learners")
CONTACTS = Group("contacts", "contactpersonen van organisaties", "contacts of organisations")
EMPLOYEES = Group("employees", "medewerkers van organisaties", "employees of organisations")
TRAINERS = Group("trainers", "trainers", "trainers")
COLLEAGUES = Group("colleagues", "onze eigen medewerkers", "our own staff")
ACCOUNTS = Group("accounts", "iedereen met een account", "everybody with an account")
KNOWN = Group("known", "iedereen van wie wij gegevens hebben", "everybody whose data we have")
VISITORS = Group("visitors", "bezoekers van de website", "visitors of the website")
