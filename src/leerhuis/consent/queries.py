"""Reading agreements and the ledger, within rights; and the proofs of consent, which are made here and nowhere else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from leerhuis.consent.links import choosing_key, leaving_key
from leerhuis.consent.models import ALL, Agreement, Choice, News, Reader
from leerhuis.consent.topics import interests, topics_by_id
from leerhuis.mail.letters import MailTo, Proof
from leerhuis.mail.links import absolute, front
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import organisations_for
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted


def agreement_in_force(organisation: Organisation) -> Agreement | None:
    """Return what an organisation may see of enrolments that it orders now; None: nothing."""
    return Agreement.objects.filter(organisation=organisation, ended_at=None).first()


def agreements_in_force(organisations: Iterable[Organisation]) -> dict[UUID, Agreement]:
    """Return organisation id → what it may see of enrolments that it orders now; who sees nothing is left out."""
    found = Agreement.objects.filter(organisation__in=organisations, ended_at=None)
    return {agreement.organisation_id: agreement for agreement in found}


def agreements_for(viewer: Any) -> QuerySet[Agreement]:
    """Return the agreements that a viewer may see, newest first: office staff all, a contact those of their own firm.

    Each comes with its organisation.
    """
    seen = Agreement.objects.filter(organisation__in=organisations_for(viewer))
    return seen.select_related("organisation").order_by("-created_at", "-id")


def agreements_of(viewer: Any, organisation: Organisation) -> QuerySet[Agreement]:
    """Return every agreement with an organisation that a viewer may see, newest first."""
    return agreements_for(viewer).filter(organisation=organisation)


# --- the ledger ----------------------------------------------------------------------------------------------------
def reader_of(person: Person) -> Reader | None:
    """Return a person's row as a reader; None while they never chose anything."""
    return Reader.objects.filter(person=person).first()


def same_mailbox(reader: Reader) -> list[Reader]:
    """Return everybody who gets mail at a reader's address, the reader first. Who holds the mailbox speaks for it."""
    address = reader.address
    if not address:
        return [reader]
    held = Q(email__iexact=address) | Q(person__email__iexact=address)
    others = Reader.objects.filter(held).exclude(pk=reader.pk).select_related("person").order_by("id")
    return [reader, *others]


def choices_now(reader: Reader) -> dict[str, str]:
    """Return topic or purpose → the newest step: what holds at this moment, in one query."""
    newest = Choice.objects.filter(reader=reader).order_by("topic", "-created_at", "-id").distinct("topic")
    return dict(newest.values_list("topic", "step"))


def lines_of(reader: Reader, together: UUID) -> list[Choice]:
    """Return what was said in one go, oldest first, each with the words that were shown."""
    lines = Choice.objects.filter(reader=reader, together=together).select_related("wording")
    return list(lines.order_by("created_at", "id"))


def said_of_age(reader: Reader) -> bool:
    """Whether a reader said before that they are sixteen or older."""
    return Choice.objects.filter(reader=reader, step=Choice.Step.GIVEN, of_age=True).exists()


def history_of(person: Person) -> list[Choice]:
    """Return the ledger of a person, newest first, each line with its words."""
    lines = Choice.objects.filter(reader__person=person).select_related("wording")
    return list(lines.order_by("-created_at", "-id"))


def choices_of(person: Person) -> dict[str, str]:
    """Return what holds for a person and for their mailbox: topic or purpose → step; given anywhere counts as given.

    Somebody who subscribed with their address before they signed in sees it here, and can stop it.
    """
    reader = reader_of(person) or Reader(person=person)
    found: dict[str, str] = {}
    for each in same_mailbox(reader):
        for topic, step in choices_now(each).items() if Reader.objects.filter(pk=each.pk).exists() else ():
            if topic not in found or step == Choice.Step.GIVEN:
                found[topic] = step
    return found


def ledger(viewer: Any) -> QuerySet[Choice]:
    """Return every line of the ledger that a viewer may see: the privacy officer all, others nothing."""
    lines = Choice.objects.select_related("reader__person", "wording")
    if viewer is None or "privacy_officer" not in viewer.roles:
        return lines.none()
    return lines.filter(Q(reader__person=None) | Q(reader__person__restricted_at=None))


@dataclass(frozen=True)
class TopicCount:
    """How many readers stand where with a topic now, and how many gave or took back consent in thirty days."""

    given: int = 0
    asked: int = 0
    withdrawn: int = 0
    given_lately: int = 0
    withdrawn_lately: int = 0


def counts_by_topic(since: datetime) -> dict[str, TopicCount]:
    """Return topic → how many readers stand where now, in two queries. Counts only; nobody's row is shown."""
    newest = Choice.objects.filter(reader=OuterRef("reader"), topic=OuterRef("topic")).order_by("-created_at", "-id")
    now = Choice.objects.filter(pk=Subquery(newest.values("pk")[:1])).order_by()
    step = Choice.Step
    standing = now.values("topic").annotate(
        given=Count("pk", filter=Q(step=step.GIVEN)),
        asked=Count("pk", filter=Q(step=step.ASKED)),
        withdrawn=Count("pk", filter=Q(step__in=(step.WITHDRAWN, step.OBJECTED))),
    )
    lately = Choice.objects.filter(created_at__gte=since).order_by().values("topic")
    moved = lately.annotate(
        given_lately=Count("pk", filter=Q(step=step.GIVEN)),
        withdrawn_lately=Count("pk", filter=Q(step__in=(step.WITHDRAWN, step.OBJECTED))),
    )
    found: dict[str, dict[str, int]] = {}
    rows: list[dict[str, Any]] = [*map(dict, standing), *map(dict, moved)]
    for row in rows:
        found.setdefault(row.pop("topic"), {}).update(row)
    return {topic: TopicCount(**counts) for topic, counts in found.items()}


def unanswered_readers(before: datetime) -> QuerySet[Reader]:
    """Return addresses that were asked before a moment and never said yes to anything."""
    said_yes = Choice.objects.filter(reader=OuterRef("pk")).exclude(step=Choice.Step.ASKED)
    asked_since = Choice.objects.filter(reader=OuterRef("pk"), created_at__gte=before)
    found = Reader.objects.filter(person=None, created_at__lt=before)
    return found.exclude(Exists(said_yes)).exclude(Exists(asked_since)).order_by("id")


def name_of_topic(topic: str, language: str) -> str:
    """Return what a topic is called to readers; nothing when the academy does not offer it."""
    offered = topics_by_id(language).get(topic)
    return offered.name if offered else ""


def standing_topics(person: Person, language: str) -> list[tuple[str, str]]:
    """Return what somebody consents to now, or was asked for and did not answer yet: id and name of each topic."""
    now = choices_of(person)
    on = {Choice.Step.GIVEN, Choice.Step.ASKED}
    return [(id, topic.name) for id, topic in topics_by_id(language).items() if now.get(id) in on]


def weighed_purposes(language: str) -> list[tuple[str, str]]:
    """Return the purposes to which one may object on grounds of one's own situation: id and name of each."""
    return [(each.id, each.name) for each in interests(language)]


def wording_of(topic: str, language: str) -> str:
    """Return the words that stand beside the box of a topic; nothing when the academy does not offer it."""
    offered = topics_by_id(language).get(topic)
    return offered.wording if offered else ""


# --- proofs of consent ---------------------------------------------------------------------------------------------
def readers_who_want(topic: str) -> QuerySet[Any]:
    """Return who consents to a topic at this moment and can be written to, each mailbox once.

    Somebody who objected to all, whose data are restricted or who left is not among them. Each comes with `to_address`
    and `choice_id`, the line in which they said so. Keeps: L14a.
    """
    wanting = _wanting(topic).annotate(
        to_address=Coalesce("person__email", "email"), mailbox=Lower(Coalesce("person__email", "email"))
    )
    each_once: QuerySet[Any] = wanting.exclude(mailbox="").order_by("mailbox", "id").distinct("mailbox")
    return each_once.select_related("person")


def people_who_want(topic: str) -> QuerySet[Any]:
    """Return the people who consent to a topic at this moment, as ids (`person`), for what is no mail.

    Somebody who objected to all, whose data are restricted or who left is not among them. Keeps: L14a.
    """
    people: QuerySet[Any] = _wanting(topic).filter(person__isnull=False).order_by().values("person")
    return people


def _wanting(topic: str) -> QuerySet[Any]:
    """Return the readers of whom the newest line about a topic says yes, each with that line (`choice_id`)."""
    mine = Choice.objects.filter(reader=OuterRef("pk")).order_by("-created_at", "-id")
    readers = unrestricted_readers().annotate(
        newest=Subquery(mine.filter(topic=topic).values("step")[:1]),
        choice_id=Subquery(mine.filter(topic=topic).values("pk")[:1]),
        of_all=Subquery(mine.filter(topic=ALL).values("step")[:1]),
    )
    return readers.filter(newest=Choice.Step.GIVEN).filter(Q(of_all=None) | ~Q(of_all=Choice.Step.OBJECTED))


def unrestricted_readers() -> QuerySet[Reader]:
    """Return the readers whose data may be used: addresses alone, and people who are here and not restricted."""
    here = (Person.State.ACTIVE, Person.State.INVITED)
    readers = unrestricted(Reader.objects.all(), "person")
    return readers.filter(Q(person=None) | Q(person__state__in=here))


def proofs(topic: str, people: Iterable[UUID] | None = None) -> Iterator[Proof]:
    """Yield a proof for everybody (or those of these people) who consents to a topic at this moment.

    Memory stays flat.
    """
    wanting = readers_who_want(topic)
    wanting = wanting if people is None else wanting.filter(person__in=list(people))
    for reader in wanting.iterator(chunk_size=500):
        yield _proof(reader, topic)


def proof(reader: Reader, topic: str) -> Proof | None:
    """Return the proof that a reader wants a topic at this moment; None: nothing may be sent."""
    found = readers_who_want(topic).filter(pk=reader.pk).first()
    return _proof(found, topic) if found is not None else None


def _proof(reader: Any, topic: str) -> Proof:
    person = reader.person
    name = person.name if person is not None else ""
    language = person.language if person is not None else reader.language
    return Proof(
        to=MailTo(reader.person_id, name, reader.to_address, language),
        topic=topic,
        choice_id=reader.choice_id,
        leave=absolute("consent_leave", leaving_key(reader.id, topic)),
        choose=absolute("consent_choose", choosing_key(reader.id)),
    )


def proof_of_nobody(topic: str, language: str) -> Proof:
    """Return a proof in the name of nobody, for looking at a mail before it goes; nothing can be sent with it."""
    return Proof(
        to=MailTo(None, "", "", language),
        topic=topic,
        choice_id=UUID(int=0),
        leave=f"{front()}/news/stop/…/",
        choose=f"{front()}/news/choices/…/",
    )


# --- news ----------------------------------------------------------------------------------------------------------
def news_for(viewer: Any) -> QuerySet[News]:
    """Return the news that a viewer may see, newest first: who sends news all, anyone else nothing."""
    found = News.objects.order_by("-created_at", "-id")
    return found if viewer is not None and viewer.roles & {"marketer", "academy_admin"} else found.none()
