"""Requests about data: taking them in, being certain who asks, deciding, and the letters that go out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.consent.actions import object_to_marketing, object_to_purpose, record_choice
from leerhuis.consent.models import Choice
from leerhuis.consent.queries import standing_topics
from leerhuis.people.models import Person
from leerhuis.privacy import handling, letters, mails
from leerhuis.privacy.actions.erasing import ask_erasure
from leerhuis.privacy.docket import is_carried_out, officers, requests_to_remind_of
from leerhuis.privacy.events import IdentityAsked, RequestClosed, RequestDue, RequestExtended, RequestReceived
from leerhuis.privacy.handling import (
    ChooseWhat,
    ClosedAlready,
    DecideFirst,
    EraseFirst,
    ExtendedAlready,
    GroundMissing,
    GroundTooMany,
    KnownAlready,
    NobodyToMail,
    NoSuchCode,
    NotProven,
    NotYet,
    OnlyByThemselves,
    PersonUnknown,
    ReplyMissing,
    RestrictFirst,
    StopFirst,
    TooLateToExtend,
    WhyMissing,
    WithdrawFirst,
)
from leerhuis.privacy.models import Reply, Request, RequestGround


class Refused(NamedTuple):
    """What is not done: for which purpose (its id, or empty for all), on which ground, until when, in further words."""

    purpose: str
    ground: str
    until: date | None = None
    explanation: str = ""


def receive_request(
    *,
    kind: str,
    channel: str,
    person: Person | None = None,
    given_name: str = "",
    given_address: str = "",
    asked: str = "",
    concerns: str = "",
    purpose: str = "",
    received_at: datetime | None = None,
    not_a_bsn: bool = False,
    proof: str = "",
    by: Actor,
) -> Request:
    """Take in a request about data; from its receipt the clock runs, whatever the channel. Keeps: L12, L35, K19c.

    `received_at` is when it reached the academy (None: now); refuses NotYet for a later moment. Whoever asked hears at
    the address on file by when they have a reply. `proof` is given where somebody asked after signing in lately.
    """
    inside_edge()
    received = received_at or clock.now()
    if received > clock.now():
        raise NotYet
    request = Request.objects.create(
        kind=kind,
        channel=channel,
        person=person.id if person else None,
        given_name=tidy(given_name),
        given_address=tidy(given_address),
        asked=asked.strip(),
        concerns=tidy(concerns),
        purpose=purpose,
        received_at=received,
        due_on=handling.due_on(received, current_academy().settings.rights.answer_days),
        not_a_bsn=not_a_bsn,
        recorded_by=by.person_id,
        proof=proof if person else "",
        proven_at=clock.now() if proof and person else None,
    )
    note("receive request", request, by=by, subject=request.person)
    if person is not None and person.email:
        mails.request_received.send(person, request, by=by)
    emit(RequestReceived(request.id))
    return request


def take_request(request: Request, *, by: Actor) -> None:
    """Be the one who handles a request; reminders go to them from now on. Refuses ClosedAlready."""
    inside_edge()
    locked = _open(request)
    locked.owner = by.person_id
    locked.save(update_fields=["owner"])
    note("take on request", locked, by=by, subject=locked.person, fields=["owner"])


def say_whose_request(request: Request, person: Person, *, by: Actor) -> None:
    """Say which person a request is about that came from somebody unknown. Refuses KnownAlready."""
    inside_edge()
    locked = _open(request)
    if locked.person is not None:
        raise KnownAlready
    locked.person, locked.proof, locked.proven_at = person.id, "", None
    locked.save(update_fields=["person", "proof", "proven_at"])
    note("say whose request", locked, by=by, subject=person.id, fields=["person"])


def ask_identity(request: Request, *, by: Actor) -> None:
    """Mail a code to the address on file, and wait for it. The clock goes on meanwhile. Keeps: L36.

    Refuses PersonUnknown, and NobodyToMail where no address is on file: what somebody gives as theirs does not count.
    """
    inside_edge()
    locked = _open(request)
    person = _whose(locked)
    if not person.email:
        raise NobodyToMail
    locked.code_sent_at, locked.code_tries = clock.now(), 0
    if not locked.is_proven:
        locked.state = Request.State.IDENTITY
    locked.save(update_fields=["code_sent_at", "code_tries", "state"])
    note("ask identity", locked, by=by, subject=person.id, fields=["state"])
    mails.request_code.send(person, locked, handling.code_of(locked), by=by)
    emit(IdentityAsked(locked.id))


def count_code(request: Request, *, by: Actor) -> None:
    """Count that a code was tried, right or not; apart from `check_code`, whose refusal takes everything back."""
    inside_edge()
    locked = _open(request)
    locked.code_tries += 1
    locked.save(update_fields=["code_tries"])
    note("try code", locked, by=by, subject=locked.person, fields=["code_tries"])


def check_code(request: Request, given: str, *, by: Actor) -> None:
    """Take the code that somebody gave for a request: then it is certain who asks. Refuses NoSuchCode."""
    inside_edge()
    locked = _open(request)
    right = handling.is_code(locked, given)
    if not right:
        raise NoSuchCode
    _prove(locked, Request.Proof.CODE, by=by)


def prove_identity(request: Request, proof: str, *, by: Actor) -> None:
    """Write down how it is certain who asks: what was done, never what was seen or said. Keeps: L36.

    Refuses PersonUnknown, and OnlyByThemselves for a sign-in or a code, which the system sees itself.
    """
    inside_edge()
    locked = _open(request)
    _whose(locked)
    if proof not in {Request.Proof.FACTS, Request.Proof.CALL_BACK, Request.Proof.IN_PERSON}:
        raise OnlyByThemselves
    _prove(locked, proof, by=by)


def extend_request(request: Request, *, reason: str, by: Actor) -> Reply:
    """Take two months more for a request, once, and tell the person why, before the first term is over. Keeps: L12.

    Refuses ExtendedAlready, TooLateToExtend and WhyMissing (article 12(3) AVG).
    """
    inside_edge()
    locked = _open(request)
    if locked.extended_at is not None:
        raise ExtendedAlready
    if locked.due_on < clock.today():
        raise TooLateToExtend
    if not tidy(reason):
        raise WhyMissing
    person = _person(locked)
    locked.due_on, locked.extended_at = locked.due_on + handling.FURTHER, clock.now()
    locked.save(update_fields=["due_on", "extended_at"])
    body = letters.draft_extension(locked, person, reason, locked.due_on)
    reply = _reply(locked, person, Reply.Kind.EXTENSION, body, by=by)
    note("extend request", locked, by=by, subject=locked.person, fields=["due_on"])
    if reply.way == Reply.Way.ACCOUNT and person is not None:
        mails.request_extended.send(person, locked, by=by)
    elif reply.way == Reply.Way.MAIL:
        mails.request_answered_openly.send(reply, by=by)
    emit(RequestExtended(locked.id))
    return reply


def decide_request(request: Request, decision: str, refused: Sequence[Refused] = (), *, by: Actor) -> None:
    """Decide about a request; what is not granted gets a ground for each purpose. Until the reply it is decided anew.

    Refuses NotProven for anything but refusing whoever could not say who they are, GroundMissing and GroundTooMany;
    and EraseFirst, RestrictFirst or StopFirst to grant what is not done. Keeps: K19b, L36.
    """
    inside_edge()
    locked = _open(request)
    if decision == Request.Decision.GRANTED and refused:
        raise GroundTooMany
    if decision != Request.Decision.GRANTED and not refused:
        raise GroundMissing
    if not locked.is_proven and (decision != Request.Decision.REFUSED or not _says_nothing(refused)):
        raise NotProven
    _refuse_undone(locked, decision)
    locked.grounds.all().delete()
    RequestGround.objects.bulk_create(RequestGround(request=locked, **each._asdict()) for each in refused)
    locked.state, locked.decision = Request.State.DECIDED, decision
    locked.decided_at, locked.decided_by = clock.now(), by.person_id
    locked.owner = locked.owner or by.person_id
    locked.save(update_fields=["state", "decision", "decided_at", "decided_by", "owner"])
    note(f"decide request {decision}", locked, by=by, subject=locked.person, fields=["decision"])


def answer_request(request: Request, body: str, *, by: Actor) -> Reply:
    """Send the reply that tells the decision, and close the request with it. Keeps: L12, L36.

    Refuses DecideFirst, ReplyMissing, and what was granted and is not so any more (EraseFirst and so on). To somebody
    known it goes behind signing in; the mail that says so holds nothing of it. Somebody unknown gets a letter that says
    nothing about anybody, at the address that they gave.
    """
    inside_edge()
    locked = _open(request)
    if locked.state != Request.State.DECIDED:
        raise DecideFirst
    if not body.strip():
        raise ReplyMissing
    _refuse_undone(locked, locked.decision)
    person = _person(locked)
    reply = _reply(locked, person, Reply.Kind.ANSWER, body.strip(), by=by)
    locked.state, locked.closed_at = Request.State.CLOSED, clock.now()
    locked.save(update_fields=["state", "closed_at"])
    note("answer request", locked, by=by, subject=locked.person, fields=["state"])
    if reply.way == Reply.Way.ACCOUNT and person is not None:
        mails.request_answered.send(person, locked, by=by)
    elif reply.way == Reply.Way.MAIL:
        mails.request_answered_openly.send(reply, by=by)
    emit(RequestClosed(locked.id))
    return reply


def erase_on_request(request: Request, *, by: Actor) -> None:
    """Carry out a request for erasure: the account closes now, the worker does the rest and the request closes with it.

    What stays, on which ground and until when, the erasure itself tells in its last mail. Refuses NotProven,
    PersonUnknown, and what the erasure refuses. Keeps: K19a, K19b, L36.
    """
    inside_edge()
    locked = _open(request)
    person = _whose(locked)
    if not locked.is_proven:
        raise NotProven
    note("carry out erasure", locked, by=by, subject=person.id)
    ask_erasure(person, request_id=locked.id, by=by)


def withdraw_on_request(request: Request, topics: Sequence[str], *, by: Actor) -> None:
    """Carry out a withdrawal of consent that came to the desk: these topics stop at once. Keeps: L14a, L35.

    The ledger names the request, so that what was said is found again. Refuses PersonUnknown and ChooseWhat.
    """
    inside_edge()
    locked = _open(request)
    person = _whose(locked)
    stopping = [topic for topic, _name in standing_topics(person, "nl") if topic in topics]
    if not stopping:
        raise ChooseWhat
    for topic in stopping:
        record_choice(
            person, topic, given=False, channel=Choice.Channel.DESK, reference=locked.reference,
            language=letters.language_of(person), by=by,
        )  # fmt: skip
    note_carried_out(locked, by=by)


def object_on_request(request: Request, what: str, *, by: Actor) -> None:
    """Carry out an objection that came to the desk: to all news (``news``), or to the id of a purpose.

    News stops at once, without weighing (article 21(3) AVG). An objection to a purpose stands in the ledger at once and
    is weighed on the request (article 21(1)). Refuses PersonUnknown, and NothingToObjectTo for any other purpose.
    """
    inside_edge()
    locked = _open(request)
    person = _whose(locked)
    told = {"channel": Choice.Channel.DESK, "reference": locked.reference}
    if what == handling.ALL_NEWS:
        object_to_marketing(person, language=letters.language_of(person), **told, by=by)
        note_carried_out(locked, by=by)
        return
    object_to_purpose(person, what, **told, by=by)
    locked.purpose = what
    locked.save(update_fields=["purpose"])
    note("say against what", locked, by=by, subject=person.id, fields=["purpose"])


def note_carried_out(request: Request, *, by: Actor) -> None:
    """Write down that what a request asks for is so from now on, by what whoever calls this did. Again: no change."""
    inside_edge()
    locked = _open(request)
    if locked.carried_out_at is not None:
        return
    locked.carried_out_at = clock.now()
    locked.save(update_fields=["carried_out_at"])
    note("carry out request", locked, by=by, subject=locked.person, fields=["carried_out_at"])


def close_erased(request_id: UUID, *, is_all: bool, by: Actor) -> None:
    """Close the request whose erasure was carried out; the mail that told what went and what stays is its reply."""
    inside_edge()
    request = Request.objects.select_for_update(of=("self",)).filter(pk=request_id, closed_at=None).first()
    if request is None:
        return
    request.decision = Request.Decision.GRANTED if is_all else Request.Decision.PARTLY
    request.state, request.decided_at, request.closed_at = Request.State.CLOSED, clock.now(), clock.now()
    request.save(update_fields=["decision", "state", "decided_at", "closed_at"])
    note("answer request", request, by=by, fields=["state"])
    emit(RequestClosed(request.id))


def remind_of_requests(*, by: Actor) -> int:
    """Write to whoever handles a request that its last day is near or past; each day once. Keeps: L12, K19c."""
    inside_edge()
    waiting, everybody = list(requests_to_remind_of().select_for_update(of=("self",), skip_locked=True)), officers()
    for request in waiting:
        request.reminded_on = clock.today()
        request.save(update_fields=["reminded_on"])
        note("remind of request", request, by=by, subject=request.person, fields=["reminded_on"])
        for officer in [each for each in everybody if each.id == request.owner] or everybody:
            mails.request_due.send(officer, request, by=by)
        emit(RequestDue(request.id))
    return len(waiting)


# --- steps that several acts share ---------------------------------------------------------------------------------
def _open(request: Request) -> Request:
    """Lock a request and return it; refuses ClosedAlready."""
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not locked.is_open:
        raise ClosedAlready
    return locked


def _refuse_undone(request: Request, decision: str) -> None:
    """Refuse to grant what a letter would call done while it is not."""
    if decision == Request.Decision.REFUSED or is_carried_out(request):
        return
    if request.kind == Request.Kind.ERASURE:
        raise EraseFirst
    if request.kind == Request.Kind.WITHDRAWAL:
        raise WithdrawFirst
    raise RestrictFirst if request.kind == Request.Kind.RESTRICTION else StopFirst


def _person(request: Request) -> Person | None:
    return Person.objects.filter(pk=request.person).exclude(state=Person.State.ERASED).first()


def _whose(request: Request) -> Person:
    person = _person(request)
    if person is None:
        raise PersonUnknown
    return person


def _says_nothing(refused: Sequence[Refused]) -> bool:
    """True for grounds that tell nothing about anybody: who asks is not certain, or nothing is there."""
    open_to_all = {RequestGround.Ground.UNKNOWN, RequestGround.Ground.NOTHING}
    return all(each.ground in open_to_all and not each.purpose for each in refused)


def _prove(request: Request, proof: str, *, by: Actor) -> None:
    request.proof, request.proven_at, request.proven_by = proof, clock.now(), by.person_id
    if request.state == Request.State.IDENTITY:
        request.state = Request.State.OPEN
    request.save(update_fields=["proof", "proven_at", "proven_by", "state"])
    note(f"prove identity {proof}", request, by=by, subject=request.person, fields=["proof"])


def _reply(request: Request, person: Person | None, kind: str, body: str, *, by: Actor) -> Reply:
    language = letters.language_of(person)
    return Reply.objects.create(
        person=request.person,
        request=request,
        kind=kind,
        way=handling.way_to(request, person),
        language=language,
        to_name=person.name if person else request.given_name,
        to_address=(person.email or "") if person else request.given_address,
        title=letters.title_of(request, kind, language),
        body=body,
        written_by=by.person_id,
    )
