"""The category words: what a field says about a person, in words that the statement uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A category of personal data, as a reader of the statement understands it."""

    key: str
    nl: str
    en: str

    @property
    def says_nothing(self) -> bool:
        """True for data that says nothing about a person."""
        return self.key.startswith("nothing")


IDENTITY = Word("identity", "naam", "name")
CONTACT = Word("contact", "contactgegevens", "contact details")
CREDENTIAL = Word("credential", "inloggegevens (onleesbaar bewaard)", "sign-in details (stored unreadably)")
BIRTH = Word("birth", "geboortedatum", "date of birth")
REGISTER = Word("register", "nummer in een beroepsregister", "number in a professional register")
EMPLOYMENT = Word("employment", "werkgever en functie", "employer and position")
PARTICIPATION = Word(
    "participation", "opleidingen, inschrijvingen en aanwezigheid", "courses, enrolments and attendance"
)
RESULT = Word("result", "resultaten en certificaten", "results and certificates")
PRACTICE = Word("practice", "oefenantwoorden en voortgang in de app", "practice answers and progress in the app")
MESSAGE = Word("message", "berichten tussen u en ons", "messages between you and us")
FREE_TEXT = Word("free_text", "opmerkingen", "remarks")
DOCUMENT = Word("document", "documenten over u", "documents about you")
FINANCIAL = Word("financial", "facturatiegegevens", "billing details")
CONSENT = Word("consent", "toestemmingen en bezwaren", "consents and objections")
TECHNICAL = Word("technical", "technische gegevens van het gebruik", "technical details of use")
TRACE = Word("trace", "wie iets wijzigde of inzag, en wanneer", "who changed or viewed something, and when")


def nothing(reason: str) -> Word:
    """Say that a field tells nothing about a person, and why; the reason stands in the data map.

    Raises ValueError for an empty reason.
    """
    if not reason.strip():
        raise ValueError("NOTHING needs a reason.")
    return Word("nothing", reason, reason)


NOTHING = nothing

WORDS: dict[str, Word] = {
    word.key: word
    for word in (
        IDENTITY,
        CONTACT,
        CREDENTIAL,
        BIRTH,
        REGISTER,
        EMPLOYMENT,
        PARTICIPATION,
        RESULT,
        PRACTICE,
        MESSAGE,
        FREE_TEXT,
        DOCUMENT,
        FINANCIAL,
        CONSENT,
        TECHNICAL,
        TRACE,
    )
}
