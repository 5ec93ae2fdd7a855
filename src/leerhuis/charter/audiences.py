"""Audiences: who may enter a route, and who sees which words of a person along which path."""

from dataclasses import dataclass, replace

from leerhuis.charter.words import Word


@dataclass(frozen=True)
class Sight:
    """One sentence of "who sees what": an audience, the path to a row, the words, under which agreement."""

    audience: "Audience"
    path: str
    words: tuple[Word, ...] = ()
    only_if_agreed: bool = False
    nl: str = ""
    en: str = ""

    def of(self, *words: Word) -> "Sight":
        """Name the words that are seen."""
        return replace(self, words=words)

    def known_as(self, nl: str, en: str) -> "Sight":
        """Name the readers where the audience says too much: "wie het nummer van uw certificaat heeft"."""
        return replace(self, nl=nl, en=en)

    @property
    def if_agreed(self) -> "Sight":
        """Say that the words are seen only under an agreement that the person was told of."""
        return replace(self, only_if_agreed=True)


@dataclass(frozen=True)
class Audience:
    """A group of readers: the roles that belong to it, and whether it must pass a second factor."""

    key: str
    nl: str
    en: str
    roles: frozenset[str] = frozenset()
    second_factor: bool = False
    open_to_all: bool = False
    demo_only: bool = False

    def via(self, path: str) -> Sight:
        """Start a sentence of "who sees what" with the path from the row to this audience."""
        return Sight(self, path)

    @property
    def everywhere(self) -> Sight:
        """Start a sentence of "who sees what" for an audience that sees all rows of the academy."""
        return Sight(self, "")


def _staff(key: str, nl: str, en: str, *roles: str) -> Audience:
    return Audience(key, nl, en, frozenset(roles), second_factor=True)


NOBODY = _staff(
    "nobody", "niemand; alleen het systeem zelf leest dit", "nobody; only the system itself reads it", "nobody"
)
ANYONE = Audience("anyone", "iedereen", "anyone", open_to_all=True)
DEMO = Audience("demo", "bezoekers van de demo", "visitors of the demo", open_to_all=True, demo_only=True)
SIGNED_IN = Audience("signed_in", "uzelf, na inloggen", "you, after signing in")
CONTACT_PERSON = _staff("contact_person", "de contactpersoon van uw werkgever", "your employer's contact", "contact")
TRAINER = _staff("trainer", "uw trainer", "your trainer", "trainer")
OFFICE = _staff("office", "medewerkers van de administratie", "office staff", "clerk", "planner", "academy_admin")
BOOKS = _staff("books", "de boekhouder", "the bookkeeper", "bookkeeper")
AUTHORS = _staff(
    "authors",
    "makers van oefenvragen",
    "authors of practice questions",
    "clerk",
    "planner",
    "academy_admin",
    "trainer",
)
PRIVACY_OFFICER = _staff("privacy_officer", "de privacyfunctionaris", "the privacy officer", "privacy_officer")
RIGHTS_DESK = _staff(
    "rights_desk",
    "medewerkers van de administratie en de privacyfunctionaris",
    "office staff and the privacy officer",
    "clerk",
    "planner",
    "academy_admin",
    "privacy_officer",
)
STEWARDS = _staff(
    "stewards",
    "de privacyfunctionaris en de beheerder van de academie",
    "the privacy officer and the academy's administrator",
    "privacy_officer",
    "academy_admin",
)
GUARDS = _staff(
    "guards",
    "de privacyfunctionaris en de boekhouder",
    "the privacy officer and the bookkeeper",
    "privacy_officer",
    "bookkeeper",
)
MARKETING = _staff(
    "marketing",
    "medewerkers die nieuws versturen",
    "staff who send news",
    "marketer",
    "academy_admin",
)
ADMIN = _staff("admin", "de beheerder van de academie", "the academy's administrator", "academy_admin")
STAFF = _staff(
    "staff",
    "medewerkers",
    "staff",
    "clerk",
    "planner",
    "bookkeeper",
    "marketer",
    "privacy_officer",
    "academy_admin",
)

AUDIENCES: dict[str, Audience] = {
    audience.key: audience
    for audience in (
        NOBODY, ANYONE, DEMO, SIGNED_IN, CONTACT_PERSON, TRAINER, OFFICE, BOOKS, AUTHORS, PRIVACY_OFFICER, RIGHTS_DESK,
        STEWARDS, GUARDS, MARKETING, ADMIN, STAFF,
    )
}  # fmt: skip
