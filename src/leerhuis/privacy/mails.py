"""The mails about privacy."""

from collections.abc import Mapping, Sequence

from leerhuis.mail.kinds import Letter, MailTo, service_mail
from leerhuis.mail.links import absolute
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.privacy.erasure import Staying
from leerhuis.privacy.events import (
    ComplaintAnswered,
    ComplaintDue,
    ComplaintReceived,
    IdentityAsked,
    OrganisationRemoved,
    PersonErased,
    PersonReleased,
    PersonRestricted,
    RemovalAsked,
    RemovalCalledOff,
    RequestClosed,
    RequestDue,
    RequestExtended,
    RequestReceived,
    StatementPublished,
    TextsWait,
)
from leerhuis.privacy.models import Complaint, Erasure, Redaction, Removal, Reply, Request, StatementVersion


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


# --- requests: what is asked and what is answered stands behind signing in, never in the mail ------------------------
@service_mail(cause=RequestReceived, nl="ontvangst van uw verzoek", en="receipt of your request", urgent=True)
def request_received(person: Person, request: Request) -> Letter:
    """Tell somebody that their request came in, and by when they have the reply. Keeps: L12, K19c."""
    told = {"reference": request.reference, "received": request.received_at, "due": request.due_on}
    return _to_reader(person, request, told | {"link": absolute("privacy_my_request", request.id)})


@service_mail(cause=IdentityAsked, nl="code voor uw verzoek", en="code for your request", secret=True, urgent=True)
def request_code(person: Person, request: Request, code: str) -> Letter:
    """Mail to the address on file the code by which it is certain who asks. Keeps: L36."""
    return _to_reader(person, request, {"reference": request.reference, "code": code})


@service_mail(cause=RequestExtended, nl="uw verzoek duurt langer", en="your request takes longer", urgent=True)
def request_extended(person: Person, request: Request) -> Letter:
    """Tell somebody that a letter waits for them that says why it takes longer."""
    told = {"reference": request.reference, "due": request.due_on}
    return _to_reader(person, request, told | {"link": absolute("privacy_my_request", request.id)})


@service_mail(cause=RequestClosed, nl="antwoord op uw verzoek", en="answer to your request", urgent=True)
def request_answered(person: Person, request: Request) -> Letter:
    """Tell somebody that the answer waits for them behind signing in. Keeps: L12, L36."""
    told = {"reference": request.reference, "link": absolute("privacy_my_request", request.id)}
    return _to_reader(person, request, told)


@service_mail(
    cause=RequestClosed, nl="antwoord aan iemand die wij niet kennen", en="answer to somebody unknown", urgent=True
)
def request_answered_openly(reply: Reply) -> Letter:
    """Write to the address that somebody unknown gave that nothing could be done: it says nothing about anybody."""
    to = MailTo(None, reply.to_name, reply.to_address, reply.language)
    return Letter(to, reply.request_id, {"reference": reply.reference, "lines": reply.body.splitlines()})


@service_mail(cause=RequestDue, nl="een verzoek wacht op antwoord", en="a request waits for a reply", urgent=True)
def request_due(officer: Person, request: Request) -> Letter:
    """Remind whoever handles a request of its last day; of whom it is stands on the page. Keeps: L12, K19c."""
    told = {
        "reference": request.reference,
        "due": request.due_on,
        "left": request.days_left,
        "late": -request.days_left,
    }
    return _to_reader(officer, request, told | {"link": absolute("privacy_request", request.id)})


@service_mail(
    cause=TextsWait, nl="teksten wachten tot iemand ze bekijkt", en="texts wait until somebody looks", urgent=True
)
def texts_wait(officer: Person, first: Redaction, count: int) -> Letter:
    """Remind a privacy officer of texts that seem to name somebody who was erased; what they say is on the page."""
    told = {"name": officer.first_name, "count": count, "due": first.due_on, "link": absolute("privacy_erasures")}
    return Letter(recipient(officer), first.id, told)


def _to_reader(person: Person, request: Request, told: Mapping[str, object]) -> Letter:
    return Letter(recipient(person), request.id, {"name": person.first_name, **told})


# --- restriction ---------------------------------------------------------------------------------------------------
@service_mail(
    cause=PersonRestricted,
    nl="het gebruik van uw gegevens is beperkt",
    en="the use of your data is restricted",
    urgent=True,
)
def use_restricted(person: Person) -> Letter:
    """Tell somebody that their data are only kept from now on, what that means, and where the reason stands.

    Keeps: L21, L35.
    """
    return _about_use(person)


@service_mail(
    cause=PersonReleased,
    nl="uw gegevens mogen weer worden gebruikt",
    en="your data can be used again",
    urgent=True,
)
def use_resumed(person: Person) -> Letter:
    """Tell somebody that the restriction of the use of their data ends (article 18(3) AVG). Keeps: L35."""
    return _about_use(person)


def _about_use(person: Person) -> Letter:
    said = {"name": person.first_name, "data": absolute("privacy_my_data"), "has_account": person.can_sign_in}
    return Letter(recipient(person), person.id, said)


@service_mail(cause=PersonErased, nl="uw gegevens zijn gewist", en="your data were erased", urgent=True, vanishes=True)
def data_erased(erasure: Erasure, reader: MailTo, stays: Sequence[Staying], *, looks: bool) -> Letter:
    """Tell somebody that their data are gone, and what stays, on which ground, until when, and where to complain.

    `looks`: texts of others seem to name them, and a human has to look at those yet.
    It goes to the address as it was, and is kept no longer than until it was delivered. Keeps: K19b, L19.
    """
    told = {"name": reader.name, "stays": list(stays), "looks": looks, "statement": absolute("privacy_statement")}
    return Letter(reader, erasure.id, told)


# --- removal of an organisation ------------------------------------------------------------------------------------
@service_mail(
    cause=RemovalAsked, nl="uw organisatie wordt verwijderd", en="your organisation is to be removed", urgent=True
)
def organisation_leaving(removal: Removal, organisation: Organisation, reader: MailTo) -> Letter:
    """Tell a contact on which day everything of their organisation goes, what stays, and how to object. Keeps: L20."""
    return _about_removal(removal, organisation, reader)


@service_mail(
    cause=RemovalAsked,
    nl="uw organisatie wordt over een week verwijderd",
    en="your organisation is to be removed in a week",
    urgent=True,
)
def organisation_leaving_soon(removal: Removal, organisation: Organisation, reader: MailTo) -> Letter:
    """Remind a contact of the day on which everything of their organisation goes. Keeps: L20."""
    return _about_removal(removal, organisation, reader)


@service_mail(cause=RemovalCalledOff, nl="uw organisatie blijft", en="your organisation stays", urgent=True)
def organisation_stays(removal: Removal, organisation: Organisation, reader: MailTo) -> Letter:
    """Tell a contact that their organisation is not removed after all."""
    return _about_removal(removal, organisation, reader)


def _about_removal(removal: Removal, organisation: Organisation, reader: MailTo) -> Letter:
    told = {"name": reader.name, "organisation": organisation.name, "day": removal.removes_on}
    return Letter(reader, removal.id, told, customers=(organisation.id,))


@service_mail(
    cause=OrganisationRemoved,
    nl="uw organisatie is verwijderd",
    en="your organisation was removed",
    urgent=True,
    vanishes=True,
)
def organisation_removed(removal: Removal, person: Person, organisation: str, *, is_learner: bool) -> Letter:
    """Tell somebody that a tie with an organisation ended, and that their account and their proof stay theirs.

    It names the organisation, so it is kept no longer than until it was delivered. Keeps: L20.
    """
    told = {"name": person.first_name, "organisation": organisation, "is_learner": is_learner}
    told |= {"has_account": person.can_sign_in}
    return Letter(recipient(person), removal.id, told | {"link": absolute("privacy_my_data")})


# --- complaints ----------------------------------------------------------------------------------------------------
@service_mail(cause=ComplaintReceived, nl="ontvangst van uw klacht", en="receipt of your complaint", urgent=True)
def complaint_received(complaint: Complaint) -> Letter:
    """Tell a complainant that it came in, and by when they have an answer. Keeps: L38, K20."""
    told = {"received": complaint.received_at, "due": complaint.answer_by, "link": absolute("privacy_complaint_public")}
    return _to_complainant(complaint, told)


@service_mail(cause=ComplaintReceived, nl="uw klacht duurt langer", en="your complaint takes longer", urgent=True)
def complaint_delayed(complaint: Complaint) -> Letter:
    """Tell a complainant until when their complaint takes longer, and why."""
    return _to_complainant(complaint, {"due": complaint.answer_by, "reason": complaint.later_because})


@service_mail(cause=ComplaintAnswered, nl="antwoord op uw klacht", en="answer to your complaint", urgent=True)
def complaint_answered(complaint: Complaint, reply: Reply) -> Letter:
    """Send a complainant the answer, to the address that they gave for it. Keeps: L38, K20."""
    return _to_complainant(complaint, {"lines": reply.body.splitlines()})


@service_mail(cause=ComplaintDue, nl="een klacht wacht op antwoord", en="a complaint waits for an answer", urgent=True)
def complaint_due(officer: Person, complaint: Complaint) -> Letter:
    """Remind whoever handles a complaint of its last day; of whom it is stands on the page."""
    told = {"reference": complaint.reference, "due": complaint.answer_by, "name": officer.first_name}
    link = {"link": absolute("privacy_complaint", complaint.id)}
    return Letter(recipient(officer), complaint.id, told | link)


def _to_complainant(complaint: Complaint, told: Mapping[str, object]) -> Letter:
    to = MailTo(complaint.person, complaint.name, complaint.address, complaint.language)
    return Letter(to, complaint.id, {"name": complaint.name, "reference": complaint.reference, **told})
