"""What a mail is made of: its reader, what it says, and the kind that it is of."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from leerhuis.audit.outlet import Going
from leerhuis.base.events import Event

# The names of the kinds that are about the safety of the reader's own account; filled where a kind is declared.
URGENT: set[str] = set()


@dataclass(frozen=True)
class MailTo:
    """The reader of a mail: person (if known), name, address and the language to write in (``nl`` or ``en``)."""

    person_id: UUID | None
    name: str
    address: str
    language: str = "nl"


@dataclass(frozen=True)
class Proof:
    """That a reader wants mail about a topic, at this moment. Only `consent` makes one, out of its ledger.

    `choice_id` is the row in which they said so, `leave` the address where one request takes it back (RFC 8058), and
    `choose` the page with everything that they chose.
    """

    to: MailTo
    topic: str
    choice_id: UUID
    leave: str
    choose: str


@dataclass(frozen=True)
class Marked:
    """A text with simple marks (Markdown) that the office wrote, and that goes into a mail as it stands."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Letter:
    """What one mail says: to whom, the plain values for the template, and the id of the thing it is about.

    `carries` says which data of other people than its reader go along; the outlet lets them out, or refuses the mail.
    `names` are others whom it names: when one of them, or one whose data go along, is erased, the mail is emptied.
    `customers` are the organisations that it names, besides the one to which data go along: when one of them is
    removed, it is emptied, too.
    """

    to: MailTo
    about: UUID | None = None
    context: dict[str, Any] = field(default_factory=dict)
    carries: Going | None = None
    names: tuple[UUID, ...] = ()
    customers: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A mail as the reader gets it: subject line, its source in Markdown, and the same as HTML."""

    to: MailTo
    title: str
    body: str
    html: str


@dataclass(frozen=True)
class Kind:
    """What holds for all mails of one kind: its name ``package.function``, the event behind it, its names for staff.

    One that `vanishes` is a farewell: it is kept without its reader's id, and not at all once it was delivered.
    """

    name: str
    cause: type[Event]
    nl: str
    en: str
    secret: bool
    urgent: bool
    vanishes: bool

    def template(self, language: str) -> str:
        """Return the path of the template in one language."""
        package, name = self.name.split(".")
        return f"{package}/mail/{name}.{language}.md"
