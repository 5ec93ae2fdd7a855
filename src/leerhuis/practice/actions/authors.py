"""Who writes in a bank, and what authors say to each other about a question."""

from collections.abc import Iterable

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.people.models import Person
from leerhuis.practice.models import Bank, BankAuthor, Comment, Question


def name_authors(bank: Bank, people: Iterable[Person], *, by: Actor) -> None:
    """Say who writes in a bank from now on; nobody named: all authors of the academy. Administrators always may."""
    inside_edge()
    Bank.objects.select_for_update().get(pk=bank.pk)
    wanted = {person.id: person for person in people}
    now = {named.person_id: named for named in BankAuthor.objects.filter(bank=bank, ended_at=None)}
    for person_id in sorted(now.keys() - wanted.keys()):
        now[person_id].ended_at = clock.now()
        now[person_id].save(update_fields=["ended_at"])
        note("unassign author", now[person_id], by=by, subject=person_id, fields=["ended_at"])
    for person_id in sorted(wanted.keys() - now.keys()):
        named = BankAuthor.objects.create(bank=bank, person=wanted[person_id])
        note("assign author", named, by=by, subject=person_id)
    bank.named_only = bool(wanted)
    bank.save(update_fields=["named_only"])
    note("name authors", bank, by=by, fields=["named_only"])


def add_comment(question: Question, text: str, *, author: Person, by: Actor) -> Comment:
    """Say something about a question to its other authors; it stays open until somebody says that it is settled."""
    inside_edge()
    comment = Comment(question=question, author=author, text=text.strip())
    comment.save()
    note("comment on question", comment, by=by, subject=author.id)
    return comment


def settle_comment(comment: Comment, *, by: Actor) -> None:
    """Say that a comment asks for nothing any more. Settled twice, it is settled once."""
    inside_edge()
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by_id = clock.now(), by.person_id
        comment.save(update_fields=["settled_at", "settled_by"])
        note("settle comment", comment, by=by, subject=comment.author_id, fields=["settled_at"])


def reopen_comment(comment: Comment, *, by: Actor) -> None:
    """Say that a settled comment asks for something after all."""
    inside_edge()
    if comment.settled_at is not None:
        comment.settled_at = comment.settled_by = None
        comment.save(update_fields=["settled_at", "settled_by"])
        note("reopen comment", comment, by=by, subject=comment.author_id, fields=["settled_at"])
