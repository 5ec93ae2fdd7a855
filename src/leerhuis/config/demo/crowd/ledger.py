"""The rows of the crowd's history, gathered table by table and written in one statement each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.mail.kinds import MailKind
from leerhuis.mail.models import Message
from leerhuis.people.models import Person

DELIVERED_AFTER = timedelta(seconds=4)
AT_ONCE = 2000
RowT = TypeVar("RowT", bound=Model)


@dataclass
class Ledger:
    """Rows by table, in the order in which the tables were first written to."""

    rows: dict[type[Model], list[Any]] = field(default_factory=dict)

    def add(self, row: RowT) -> RowT:
        """Keep a row until `write`."""
        self.rows.setdefault(type(row), []).append(row)
        return row

    def note(
        self,
        verb: str,
        thing: Model,
        at: datetime,
        *,
        by: Actor,
        subject: UUID | None = None,
        fields: Iterable[str] = (),
    ) -> None:
        """Keep the note that `audit.actions.note` would have written at a moment."""
        self.add(
            Note(
                created_at=at,
                actor_kind=by.kind,
                actor_person=by.person_id,
                actor_role=by.role,
                verb=verb,
                thing_kind=thing._meta.label_lower,
                thing_id=thing.pk,
                subject_person=subject,
                touched=sorted(fields),
            )
        )

    def mail(self, kind: MailKind, to: Person, about: UUID, words: tuple[str, str], at: datetime, *, by: Actor) -> None:
        """Keep a mail that was queued at a moment and delivered seconds later; a secret one lost its text by that."""
        title, body = words
        message = Message(
            created_at=at,
            kind=kind.name,
            cause=kind.cause.__name__,
            cause_id=about,
            person=to.id,
            to_name=to.name,
            to_address=str(to.email),
            language=to.language,
            title=title,
            body="" if kind.secret else body,
            secret=kind.secret,
            state=Message.State.SENT,
            attempts=1,
            try_after=at,
            sent_at=at + DELIVERED_AFTER,
        )
        self.add(message)
        self.note("queue mail", message, at, by=by, subject=to.id)

    def look(self, subjects: Iterable[UUID], at: datetime, *, purpose: str, screen: str, by: Actor) -> None:
        """Keep that somebody opened a page with the data of others."""
        for subject in subjects:
            self.add(
                Look(
                    created_at=at,
                    actor_kind=by.kind,
                    actor_person=by.person_id,
                    actor_role=by.role,
                    subject_person=subject,
                    purpose=purpose,
                    screen=screen,
                )
            )

    def write(self) -> None:
        """Write every row: a few statements per table, whatever the number of rows."""
        for table, rows in self.rows.items():
            table._default_manager.bulk_create(rows, batch_size=AT_ONCE)  # noqa: SLF001 - some tables are of a library
        self.rows.clear()
