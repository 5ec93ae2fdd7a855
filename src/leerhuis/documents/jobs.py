"""Background work of documents: examining, taking from the disk, and finding what was left behind."""

from contextlib import suppress
from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.jobs import job, sweep
from leerhuis.documents import actions, keys


@job(actions.SCAN)
def scan_document(document_id: UUID) -> None:
    """Have one document examined; raises ScannerAway, so that it is tried again."""
    actions.scan_document(document_id, by=Actor.job(actions.SCAN))


@job(actions.REMOVE)
def remove_from_disk(_removal_id: UUID) -> None:
    """Take from the disk what waits, this with it."""
    actions.remove_from_disk(by=Actor.job(actions.REMOVE))


@sweep("documents.remove_waiting", every_minutes=5)
def remove_waiting() -> None:
    """Take from the disk what a lost job left behind, or a copy of the keys that was away."""
    actions.remove_from_disk(by=Actor.job(actions.REMOVE))


@sweep("documents.scan_waiting", every_minutes=5)
def scan_waiting() -> None:
    """Give documents whose job was lost, or whose scanner was away, to the scanner again."""
    actions.scan_again(by=Actor.job(actions.SCAN))


@sweep("documents.remove_dropped", every_minutes=60)
def remove_dropped() -> None:
    """Let go of what was removed more than a day ago."""
    actions.remove_dropped(by=Actor.job("documents.remove_dropped"))


@sweep("documents.sweep_disk", every_minutes=1440)
def sweep_disk() -> None:
    """Take from the disk what no row knows."""
    actions.sweep_disk(by=Actor.job("documents.sweep_disk"))


@sweep("documents.mend_copy", every_minutes=15)
def mend_copy() -> None:
    """Bring to the copy of the keys what it lacks; where it is away `leerhuis doctor` says so."""
    with suppress(keys.CopyAway):
        keys.mend_copy()
