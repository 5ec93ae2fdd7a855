"""The outlet: the one function through which data of people leave the house. It refuses, or it counts.

To somebody else goes only what a package declared (`charter.declarations.Recipient`), to a supplier only when a firm
stands in the register. What staff take along in a file, and what people take along of themselves, is counted too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Flow, Given
from leerhuis.audit.rules import ConsentMissing, NotDeclared, NotRegistered, Unprotected, needs_consent
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.once import take_turn
from leerhuis.charter.declarations import Declaration, Processor, Purpose, Recipient, Registrar
from leerhuis.charter.register import declared, function_named
from leerhuis.charter.words import WORDS, Word

Payload = TypeVar("Payload")

STAFF: Final = "house.staff"  # a file that a member of staff takes along; the academy stays responsible for it
PERSON: Final = "house.person"  # what people take along of themselves
TLS, MACHINE = "tls", "machine"
TWICE: Final = timedelta(seconds=10)  # the same file asked for twice within this time is a double click


@dataclass
class Going:
    """What is about to leave: to whom, for which declared purpose, and by which route or kind of mail.

    `recipient` is the id of a declared Recipient or Processor (``enrolment.employer``), `STAFF` or `PERSON`; `receiver`
    says which one of them. `words` are the categories (none: all that the purpose uses). `people` and `rows` may be
    filled while the payload is made. `consented` are those who gave consent; `transport` is `TLS`, `MACHINE` or, for
    what goes over no network, empty; None says that it would go in the open. `mark` names what was asked for, see
    `mark_of`.
    """

    recipient: str
    purpose: str
    carrier: str
    words: tuple[Word, ...] = ()
    people: set[UUID] = field(default_factory=set)
    rows: int = 0
    receiver: UUID | None = None
    consented: frozenset[UUID] = frozenset()
    transport: str | None = ""
    mark: str = ""

    def add(self, people: Iterable[UUID], rows: int = 1) -> None:
        """Add rows, and the people whom they are about."""
        self.people.update(people)
        self.rows += rows


def send(going: Going, payload: Callable[[], Payload], *, by: Actor) -> Payload:
    """Let data out: make or hand over the payload, and count it. Returns what the payload returns.

    Refuses NotDeclared, NotRegistered, ConsentMissing and Unprotected before anything was made; then nothing leaves and
    nothing is counted. Keeps: L24, K8, L25, L27.
    """
    return send_together([going], payload, by=by)


def send_together(goings: Sequence[Going], payload: Callable[[], Payload], *, by: Actor) -> Payload:
    """Let one payload out that goes to several, or holds what goes under several rules; each is checked and counted."""
    inside_edge()
    categories = [_checked(each) for each in goings]
    made = payload()
    for each, words in zip(goings, categories, strict=True):
        _refuse_without_consent(each)  # of those who turned up while it was made, too
        _count(each, words, by)
    return made


def mark_of(request: HttpRequest) -> str:
    """Return a mark of what a request asks for, the same for the second click on a button."""
    asked = f"{request.method} {request.get_full_path()}"
    return salted_hmac("leerhuis.audit.outlet", asked, algorithm="sha256").hexdigest()


def taken_along(request: Any, purpose: str, carrier: str, *, words: tuple[Word, ...] = ()) -> Going:
    """Return what a member of staff takes along in a file, as `Going` for `send`."""
    return Going(STAFF, purpose, carrier, words, mark=mark_of(request))


def taken_by_oneself(request: Any, purpose: str, carrier: str, *, rows: int = 1) -> Going:
    """Return what somebody takes along of themselves in a file, as `Going` for `send`."""
    return Going(PERSON, purpose, carrier, people={request.viewer.person_id}, rows=rows, mark=mark_of(request))


# --- what may not ---------------------------------------------------------------------------------------------------
def _checked(going: Going) -> tuple[Word, ...]:
    """Return the categories that go out; refuses what may not."""
    purpose = _in_force(Purpose, going.purpose)
    if purpose is None:
        raise NotDeclared
    words = going.words or purpose.uses
    if going.transport is None:
        raise Unprotected
    if going.recipient in (STAFF, PERSON):
        return words
    recipient, processor = _in_force(Recipient, going.recipient), _in_force(Processor, going.recipient)
    known = recipient or processor
    if known is None or not set(words) <= set(known.words):
        raise NotDeclared
    if processor and going.transport != MACHINE and not _is_registered(processor.role):
        raise NotRegistered
    _refuse_without_consent(going)
    return words


def _refuse_without_consent(going: Going) -> None:
    recipient = _in_force(Recipient, going.recipient)
    ask_first = current_academy().settings.sharing.ask_consent_first
    if recipient and needs_consent(recipient, ask_first=ask_first) and not going.people <= going.consented:
        raise ConsentMissing


Kind = TypeVar("Kind", bound=Declaration)


def _in_force(kind: type[Kind], name: str) -> Kind | None:
    """Return the declaration of this id where it holds in this academy."""
    found = next((declaration for each, declaration in declared(kind) if each.id == name), None)
    return found if found and found.holds_under(current_academy().settings) else None


def _is_registered(role: str) -> bool:
    return any(function_named(each.query)(role) for _, each in declared(Registrar))


# --- counting -------------------------------------------------------------------------------------------------------
def _count(going: Going, words: tuple[Word, ...], by: Actor) -> None:
    keys = _keys(words)
    same = {"recipient": going.recipient, "receiver": going.receiver, "purpose": going.purpose, "words": keys}
    if going.recipient not in (STAFF, PERSON) and not _in_force(Processor, going.recipient):
        give = partial(Given, **same, day=clock.today())
        Given.objects.bulk_create([give(person=person) for person in sorted(going.people)], ignore_conflicts=True)
    if going.mark and _is_second_click(going, by):
        return
    Flow.objects.create(
        **same,
        carrier=going.carrier,
        people=len(going.people),
        rows=going.rows,
        transport=going.transport or "",
        actor_kind=by.kind,
        actor_person=by.person_id,
        actor_role=by.role,
        mark=going.mark,
    )


def _keys(words: Iterable[Word]) -> str:
    chosen = set(words)
    return " ".join(key for key, word in WORDS.items() if word in chosen)


def _is_second_click(going: Going, by: Actor) -> bool:
    """Whether the same was let out to the same person a moment ago; waits for one that is being let out right now."""
    take_turn(str(by.person_id), going.mark)
    lately = Flow.objects.filter(mark=going.mark, actor_person=by.person_id, created_at__gte=clock.now() - TWICE)
    return lately.filter(recipient=going.recipient, receiver=going.receiver, purpose=going.purpose).exists()
