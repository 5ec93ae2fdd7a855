"""Publishing the statement, telling everybody, and comparing it with what holds."""

from typing import Final
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.privacy import mails
from leerhuis.privacy.events import StatementPublished
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.models import StatementVersion
from leerhuis.privacy.phrases import LANGUAGES, Language
from leerhuis.privacy.queries import still_to_tell
from leerhuis.privacy.rules import NothingChanged, StatementMoved
from leerhuis.privacy.statement import compose, version
from leerhuis.privacy.versions import changes, differences, last_version, text_of, version_before

ANNOUNCE: Final = "privacy.announce_statement"
AT_ONCE: Final = 200  # people written to in one transaction


def publish_statement(seen: str, *, by: Actor) -> StatementVersion:
    """Put the statement as it is computed now in force, dated today, and have everybody told by mail.

    `seen` is the mark of the text that was looked at beforehand: refuses StatementMoved when it is another one by now,
    and NothingChanged when it is in force already. The first version tells nobody: what people read did not change.
    Keeps: L34, K21.
    """
    inside_edge()
    before = StatementVersion.objects.select_for_update(of=("self",)).order_by("-created_at", "-id").first()
    chosen = chosen_now(current_academy())
    mark = version(chosen)
    if mark != seen:
        raise StatementMoved
    if before is not None and not changes(chosen, before):
        raise NothingChanged
    published = StatementVersion.objects.create(
        mark=mark,
        nl=compose(chosen, "nl").as_dict(),
        en=compose(chosen, "en").as_dict(),
        published_by=by.person_id,
        compared_at=clock.now(),
        announced_at=None if before else clock.now(),
    )
    note("publish statement", published, by=by)
    if before:
        StatementVersion.objects.filter(announced_at=None).exclude(pk=published.pk).update(announced_at=clock.now())
        defer(ANNOUNCE, published.id)
    emit(StatementPublished(published.id))
    return published


def announce_statement(version_id: UUID, *, by: Actor) -> int:
    """Write to the next people about a version, and have the rest done by a job that follows; returns how many.

    How far it came stands in the row of the version, in the same transaction as the mails: a job that is killed has
    told nobody, one that runs twice tells nobody twice. A version that was followed by another is announced no further.
    Keeps: L34.
    """
    inside_edge()
    published = StatementVersion.objects.select_for_update(of=("self",)).filter(pk=version_id).first()
    if published is None or published.announced_at is not None:
        return 0
    readers = list(still_to_tell(published)[:AT_ONCE])
    sections = {language: _sections(published, language) for language in LANGUAGES}
    for reader in readers:
        mails.statement_changed.send(reader, published, sections["en" if reader.language == "en" else "nl"], by=by)
    published.told += len(readers)
    if readers:
        published.announced_up_to = readers[-1].id
    if len(readers) < AT_ONCE:
        published.announced_at = clock.now()
        note("announce statement", published, by=by, fields=["announced_at"])
    else:
        defer(ANNOUNCE, published.id)
    published.save(update_fields=["told", "announced_up_to", "announced_at"])
    return len(readers)


def _sections(published: StatementVersion, language: Language) -> list[str]:
    """Return the headings under which something became different, each once, in reading order."""
    before = version_before(published)
    found = differences(text_of(before, language) if before else None, text_of(published, language))
    return list(dict.fromkeys(each.section for each in found if each.section))


def compare_statement(*, by: Actor) -> bool:
    """Compare what was published with what holds, and write down since when they differ; returns whether they do.

    Keeps: L1, L34.
    """
    inside_edge()
    published = last_version()
    if published is None:
        return False
    differ = bool(changes(chosen_now(current_academy()), published))
    if differ != (published.differs_since is not None):
        published.differs_since = clock.now() if differ else None
        note("compare statement", published, by=by, fields=["differs_since"])
    published.compared_at = clock.now()
    published.save(update_fields=["compared_at", "differs_since"])
    return differ
