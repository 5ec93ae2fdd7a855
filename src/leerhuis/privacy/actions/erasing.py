"""Erasing a person: asked for at once, rows go in one transaction, verified; done when nothing outside waits."""

from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import attempt, current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.base.refusals import Refusal
from leerhuis.documents import actions as documents
from leerhuis.lists import actions as lists
from leerhuis.mail import actions as mail
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.privacy import mails
from leerhuis.privacy.actions.redacting import put_texts_aside
from leerhuis.privacy.claims import TermOf, terms_here
from leerhuis.privacy.compiler import Gone, erase_rows
from leerhuis.privacy.erasure import Staying, leads_to, left_outside, staying_in, tables_of, texts_that_may_name
from leerhuis.privacy.events import ErasureBegins, PersonErased, PersonLeaving
from leerhuis.privacy.models import Erasure, Restriction
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.rules import KEPT_BY_LAW, ErasureAsked, NotAllGone

ERASE: Final = "privacy.erase"
ANALYSE: Final = "privacy.analyse"


def ask_erasure(person: Person, *, request_id: UUID | None = None, by: Actor) -> Erasure:
    """Have everything about a person erased: the account closes now, the rest is done by the worker within minutes.

    What runs for them is ended by who knows it (`PersonLeaving`), who may refuse: a trainer with lessons to come, the
    last administrator. Refuses ErasureAsked. Keeps: K19a, L19.
    """
    inside_edge()
    locked = people.lock_alive(person.id)
    if Erasure.objects.filter(person=locked.id, done_at=None).exists():
        raise ErasureAsked
    due = clock.today() + timedelta(days=current_academy().settings.erasure.within_days)
    asked = Erasure.objects.create(person=locked.id, asked_by=by.person_id, request_id=request_id, due_on=due)
    emit(PersonLeaving(locked.id))
    people.close_account(locked, by=by)
    note("ask erasure", asked, by=by, subject=locked.id)
    defer(ERASE, asked.id)
    return asked


def erase_person(erasure_id: UUID, *, by: Actor) -> None:
    """Erase a person: every row that law and holds do not keep, verified in the same transaction. Keeps: L19, K19a.

    In order: who is named in texts about others is looked for, the journal is written, what counts without a person is
    counted (`ErasureBegins`), the rows go, nothing leads to the person any more, and a farewell is written that tells
    what went and what stays on which ground (K19b). While files wait to be removed, or the journal to be shipped, it is
    not done: this is called again after that, and only then the farewell goes and the request closes. What stays is
    only kept (L21) and goes later, when this is called again. Harmless for an erasure that is done. Raises NotAllGone.
    """
    inside_edge()
    erasure = Erasure.objects.select_for_update(of=("self",)).filter(pk=erasure_id, done_at=None).first()
    if erasure is None:
        return
    if erasure.person is not None:
        _let_rows_go(erasure, erasure.person, by=by)
    _end_when_nothing_waits(erasure, by=by)


def _let_rows_go(erasure: Erasure, person_id: UUID, *, by: Actor) -> None:
    """Erase the rows, and write the farewell while there is still an address."""
    person = people.lock_any(person_id)
    first = erasure.begun_at is None
    terms = terms_here()
    seen = first and person is not None and _look_for_names(person, by=by)
    if first and person is not None:
        journal.write(Operation.ERASED, person_id, by=by)
    reader = recipient(person) if person is not None else None
    emit(ErasureBegins(person_id))
    gone = erase_rows(person_id, terms, by=by)
    stays = _staying(person, gone, terms) if first and person is not None else ()
    lists.forget_rows(person_id, by=by)
    if gone.is_all:
        documents.forget_person(person_id, by=by)  # keys that no row mentions any more, too
    _keep_count(erasure, gone, person_id)
    if gone.is_all:
        _verify(person_id)
    else:
        _only_keep(person_id, by=by)
    if first and reader is not None and reader.address and not journal.is_replayed():
        mails.data_erased.send(erasure, reader, stays, looks=seen, by=by)
    if first or gone.is_all or _has_moved(gone):
        note("erase person" if gone.is_all else "erase most of person", erasure, by=by)
        defer(ANALYSE, erasure.id)


def _has_moved(gone: Gone) -> bool:
    """Whether anything went but the name in the row of the erasure itself, which goes and returns each time."""
    return bool(set(gone.went) - {Erasure._meta.label})


def _end_when_nothing_waits(erasure: Erasure, *, by: Actor) -> None:
    """Say that it is done, unless something outside the database that follows the rows is still there.

    Nor while the journal is not outside the database: a restore would bring the person back, who was told otherwise.
    """
    if erasure.waits_since is None:
        return
    if journal.is_waiting(Operation.ERASED, erasure.waits_since) or left_outside(erasure.waits_since):
        mail.keep_farewell(erasure.id, by=by)
        return
    is_all = erasure.person is None
    erasure.waits_since, erasure.done_at = None, clock.now() if is_all else None
    erasure.save(update_fields=["waits_since", "done_at"])
    mail.send_farewell(erasure.id, by=by)
    note("end erasure", erasure, by=by, fields=["done_at"])
    emit(PersonErased(erasure.id, erasure.request_id, is_all))


def _look_for_names(person: Person, *, by: Actor) -> bool:
    """Put aside for a human the texts that seem to name a person; returns whether there are any."""
    return put_texts_aside(texts_that_may_name(person), by=by) > 0


def _staying(person: Person, gone: Gone, term_of: TermOf) -> tuple[Staying, ...]:
    """Return what stayed for its own sake, in the language in which the person is told."""
    language = _spoken(person.language)
    return tuple(
        each
        for model, mine in (tables_of(person.pk) if gone.claimed else ())
        if model._meta.label in gone.claimed
        for each in staying_in(model, mine, term_of, language)
    )


def _spoken(language: str) -> Language:
    return "en" if language == "en" else "nl"


def _keep_count(erasure: Erasure, gone: Gone, person_id: UUID) -> None:
    """Write down how far it came; the compiler has taken the person out of this row like out of all others.

    From now on it waits for what follows the rows that went; where nothing went this time, for what it waited before.
    """
    erasure.refresh_from_db()
    for table, rows in gone.went.items():
        if table != Erasure._meta.label or erasure.begun_at is None:
            erasure.went[table] = erasure.went.get(table, 0) + rows
    if erasure.begun_at is None or gone.is_all or _has_moved(gone):
        erasure.waits_since = clock.now()
    erasure.stayed = gone.stayed
    erasure.begun_at = erasure.begun_at or clock.now()
    erasure.person = None if gone.is_all else person_id
    erasure.save(update_fields=["went", "stayed", "begun_at", "waits_since", "person"])


def _verify(person_id: UUID) -> None:
    left = leads_to(person_id)
    if left:
        raise NotAllGone(", ".join(left))


def _only_keep(person_id: UUID, *, by: Actor) -> None:
    """Take what stays out of pages, searches, lists and mails. Keeps: L21."""
    if people.leave_shell(person_id, by=by):
        Restriction.objects.get_or_create(
            person=person_id, ended_at=None, defaults={"ground": Restriction.Ground.LAW, "reason": str(KEPT_BY_LAW)}
        )


def go_on_erasing(*, by: Actor) -> int:
    """Take up every erasure of which something stayed, which terms and holds decide by the day; returns how many."""
    inside_edge()
    waiting = list(Erasure.objects.filter(done_at=None).values_list("pk", flat=True))
    for erasure_id in waiting:
        defer(ERASE, erasure_id)
    return len(waiting)


def take_up_waiting(*, by: Actor) -> int:
    """Take up every erasure whose job was lost, and those whose rows are gone while files waited; returns how many."""
    inside_edge()
    still = Q(begun_at=None) | Q(waits_since__isnull=False)
    waiting = list(Erasure.objects.filter(still, done_at=None).values_list("pk", flat=True))
    for erasure_id in waiting:
        defer(ERASE, erasure_id)
    return len(waiting)


# --- after a restore -----------------------------------------------------------------------------------------------
def erase_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Erase again who was erased after the backup; nobody is told twice. Keeps: L21, W6."""
    inside_edge()
    person = Person.objects.filter(pk=subject_id).first()
    if person is None:
        return
    again = Erasure.objects.filter(person=subject_id, done_at=None).first()
    if again is None:
        with suppress(Refusal), attempt():  # it was done once: nothing can stand in its way now
            emit(PersonLeaving(subject_id))
        again = Erasure.objects.create(person=subject_id, due_on=clock.today())
    erase_person(again.id, by=by)
