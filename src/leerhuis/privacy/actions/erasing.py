"""Erasing a person: asked for at once, carried out by the worker in one transaction, verified before it is kept."""

from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

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
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.privacy import mails
from leerhuis.privacy.claims import TermOf, terms_here
from leerhuis.privacy.compiler import Gone, erase_rows
from leerhuis.privacy.erasure import Staying, leads_to, staying_in, tables_of, texts_that_may_name
from leerhuis.privacy.events import PersonErased, PersonLeaving
from leerhuis.privacy.models import Erasure, Redaction, Restriction
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.rows import every_row, model_named
from leerhuis.privacy.rules import KEPT_BY_LAW, DecidedAlready, ErasureAsked, NotAllGone

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

    In order: who is named in texts about others is looked for, the journal is written, the rows go, nothing leads to
    the person any more, and they are told what went and what stays on which ground (K19b). What stays is only kept
    (L21) and goes later, when this is called again. Harmless for an erasure that is done. Raises NotAllGone.
    """
    inside_edge()
    erasure = Erasure.objects.select_for_update(of=("self",)).filter(pk=erasure_id, done_at=None).first()
    if erasure is None or erasure.person is None:
        return
    person_id, person = erasure.person, people.lock_any(erasure.person)
    first = erasure.begun_at is None
    terms = terms_here()
    if first and person is not None:
        _look_for_names(person)
        journal.write(Operation.ERASED, person_id, by=by)
    stays = _staying(person, terms) if first and person is not None else ()
    reader = recipient(person) if person is not None else None
    gone = erase_rows(person_id, terms, by=by)
    lists.forget_rows(person_id, by=by)
    _keep_count(erasure, gone, person_id)
    if gone.is_all:
        documents.forget_person(person_id, by=by)  # keys that no row mentions any more, too
        _verify(person_id)
    else:
        _only_keep(person_id, by=by)
    if first and reader is not None and reader.address and not journal.is_replayed():
        mails.data_erased.send(erasure, reader, stays, by=by)
    note("erase person" if gone.is_all else "erase most of person", erasure, by=by)
    emit(PersonErased(erasure.id, erasure.request_id, gone.is_all))
    defer(ANALYSE, erasure.id)


def _look_for_names(person: Person) -> None:
    for model, column, keys in texts_that_may_name(person):
        Redaction.objects.bulk_create(
            [Redaction(table=model._meta.label, row_id=key, column=column) for key in keys], ignore_conflicts=True
        )


def _staying(person: Person, term_of: TermOf) -> tuple[Staying, ...]:
    """Return what stays, in the language in which the person is told."""
    language = _spoken(person.language)
    return tuple(each for model, mine in tables_of(person.pk) for each in staying_in(model, mine, term_of, language))


def _spoken(language: str) -> Language:
    return "en" if language == "en" else "nl"


def _keep_count(erasure: Erasure, gone: Gone, person_id: UUID) -> None:
    """Write down how far it came; the compiler has taken the person out of this row like out of all others."""
    erasure.refresh_from_db()
    for table, rows in gone.went.items():
        erasure.went[table] = erasure.went.get(table, 0) + rows
    erasure.stayed = gone.stayed
    erasure.begun_at = erasure.begun_at or clock.now()
    erasure.person, erasure.done_at = (None, clock.now()) if gone.is_all else (person_id, None)
    erasure.save(update_fields=["went", "stayed", "begun_at", "done_at", "person"])


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
    """Take up every erasure of which something stayed, or whose job was lost; returns how many."""
    inside_edge()
    waiting = list(Erasure.objects.filter(done_at=None).values_list("pk", flat=True))
    for erasure_id in waiting:
        defer(ERASE, erasure_id)
    return len(waiting)


def redact_text(redaction: Redaction, text: str | None, *, by: Actor) -> None:
    """Put a text without the name in place of one that named somebody who was erased; None: it names nobody.

    Refuses DecidedAlready. Keeps: L19.
    """
    inside_edge()
    locked = Redaction.objects.select_for_update(of=("self",)).get(pk=redaction.pk)
    if locked.state != Redaction.State.OPEN:
        raise DecidedAlready
    if text is not None:
        every_row(model_named(locked.table)).filter(pk=locked.row_id).update(**{locked.column: text.strip()})
    locked.state = Redaction.State.FINE if text is None else Redaction.State.CHANGED
    locked.decided_at, locked.decided_by = clock.now(), by.person_id
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    note("look at text", locked, by=by, fields=["state"])


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
