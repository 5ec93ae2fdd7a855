"""Retention: each night what is past its term goes, in pieces; when much goes or a clock jumped, a person agrees."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.privacy.actions.erasing import ANALYSE
from leerhuis.privacy.claims import TermOf, claims_on_rows, terms_here
from leerhuis.privacy.due import (
    analyse_tables,
    clock_jumped,
    count_due,
    count_soon,
    let_piece_go,
    machine_clock,
    tables_with_claims,
)
from leerhuis.privacy.events import RetentionBegins
from leerhuis.privacy.models import RetentionRun
from leerhuis.privacy.models.letting_go import TEXTS
from leerhuis.privacy.rows import Model, every_row
from leerhuis.privacy.rules import NotAsking

LET_GO: Final = "privacy.let_go"
PIECE: Final = 20_000  # rows that go in one transaction
SHARE: Final = 0.05  # of a table, that is much in one night
SHORT: Final = timedelta(days=8)  # terms so short that all of a table goes every night


def begin_retention(*, by: Actor) -> RetentionRun | None:
    """Count what is due and let it go, or ask first; returns the run, None while another one is at work or asks.

    It asks when more is due than `retention.ask_above` and a twentieth of a table, and when the clock jumped since the
    last run. Rows that stay while their texts go count like rows. Keeps: L18.
    """
    inside_edge()
    if RetentionRun.objects.filter(state__in=(RetentionRun.State.RUNNING, RetentionRun.State.ASKS)).exists():
        return None
    terms = terms_here()
    boot, uptime = machine_clock()
    run = RetentionRun(due=count_due(terms), soon=count_soon(terms), boot=boot, uptime=uptime, clocked_at=clock.now())
    run.why = _why_ask(run, terms)
    run.state = RetentionRun.State.ASKS if run.why else RetentionRun.State.RUNNING
    run.save()
    note("ask to let go" if run.why else "begin to let go", run, by=by)
    if not run.why:
        defer(LET_GO, run.id)
    return run


def go_on_letting_go(run_id: UUID, *, by: Actor) -> None:
    """Let one piece of what is due go, then have the next one done; at the end what is left is counted.

    What counts without people is counted first (`RetentionBegins`). Harmless when it is called twice: rows that went
    are not there any more.
    """
    inside_edge()
    run = (
        RetentionRun.objects.select_for_update(of=("self",)).filter(pk=run_id, state=RetentionRun.State.RUNNING).first()
    )
    if run is None:
        return
    emit(RetentionBegins(run.id))
    terms = terms_here()
    allowed = min(PIECE, current_academy().settings.retention.at_most - run.went_rows)
    went = let_piece_go(terms, allowed, by=by)
    for label, rows in went.items():
        run.went[label] = run.went.get(label, 0) + rows
    if sum(went.values()) >= allowed > 0:
        run.save(update_fields=["went"])
        defer(LET_GO, run.id)
        return
    run.left, run.state, run.ended_at = count_due(terms), RetentionRun.State.DONE, clock.now()
    run.save(update_fields=["went", "left", "state", "ended_at"])
    note("let go", run, by=by, fields=["went"])
    if run.went:
        defer(ANALYSE, run.id)


def agree_to_retention(run: RetentionRun, *, by: Actor) -> None:
    """Let go what a run asked about. Refuses NotAsking."""
    inside_edge()
    _decide(run, RetentionRun.State.RUNNING, "agree to let go", by)
    defer(LET_GO, run.id)


def drop_retention(run: RetentionRun, *, by: Actor) -> None:
    """Let nothing go this time: the next night counts anew. Refuses NotAsking."""
    inside_edge()
    _decide(run, RetentionRun.State.DROPPED, "not agree to let go", by)


def _decide(run: RetentionRun, state: str, verb: str, by: Actor) -> None:
    locked = RetentionRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.state != RetentionRun.State.ASKS:
        raise NotAsking
    locked.state, locked.decided_at, locked.decided_by = state, clock.now(), by.person_id
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    note(verb, locked, by=by, fields=["state"])


def take_up_retention(*, by: Actor) -> None:
    """Have a run whose job was lost go on."""
    inside_edge()
    for run in RetentionRun.objects.filter(state=RetentionRun.State.RUNNING):
        defer(LET_GO, run.id)


def _why_ask(run: RetentionRun, term_of: TermOf) -> str:
    if clock_jumped(run):
        return RetentionRun.Why.CLOCK
    ask_above = current_academy().settings.retention.ask_above
    for model in tables_with_claims():
        due = run.due.get(model._meta.label, 0) + run.due.get(model._meta.label + TEXTS, 0)
        if due > ask_above and not _is_short(model, term_of) and due > SHARE * every_row(model).count():
            return RetentionRun.Why.MANY
    return ""


def _is_short(model: Model, term_of: TermOf) -> bool:
    now = clock.now()
    return all(now + term_of(claim.purpose).delta() < now + SHORT for claim in claims_on_rows(model))


def renew_statistics(*, by: Actor) -> None:
    """Have the planner forget values of rows that went: its statistics quote the most common ones. Keeps: L19."""
    inside_edge()
    analyse_tables()
