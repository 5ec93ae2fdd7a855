"""Adds the crowd to an academy of the demo in which the standing characters have their history already."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.models import AskedField, Module
from leerhuis.conditions.actions import keep_accepted
from leerhuis.config.demo.crowd import filling, letters, offering, outcome, practice
from leerhuis.config.demo.crowd.ledger import Ledger
from leerhuis.config.demo.offer import OPENED_DAYS_AGO, World, at
from leerhuis.config.demo.registering import CONDITIONS_ON
from leerhuis.enrolment import mails
from leerhuis.mail.models import Message
from leerhuis.mail.rules import WAITS

PEOPLE = 350
FAILED_MAILS = 3


def add_crowd(world: World, now: datetime, chance: random.Random) -> None:
    """Write what the crowd did, up to `now`: offers by the house's actions, all the rest in a statement per table."""
    with clock.at(at(world.today - timedelta(days=OPENED_DAYS_AGO), 10)):
        offer = offering.lay_out(world)
    ledger = Ledger()
    runs = offering.plan_runs(world, offer, now, ledger)
    ledger.write()
    accepted = keep_accepted(CONDITIONS_ON, by=Actor.operator())
    crowd = filling.Crowd(
        world, offer, now, ledger, letters.Letters(), chance, defaultdict(list), defaultdict(list), accepted
    )
    for asked in AskedField.objects.order_by("created_at", "id"):
        crowd.asks[asked.course_id].append(asked.field)
    for module in Module.objects.select_related("bank").order_by("bank"):
        crowd.banks[module.course_id].append(module.bank)
    with clock.at(now):
        offering.tell_trainers(world, runs, ledger)
        filling.gather(crowd, PEOPLE)
        filling.fill(crowd, runs)
        filling.take_over(crowd)
        outcome.follow(crowd, runs)
    fail_some(ledger, now)
    ledger.write()
    offering.keep_states(runs)
    opened = [(access, access.created_at + timedelta(days=2)) for access, _ in crowd.accesses.values()]
    practice.practise(opened, now - timedelta(hours=3), chance)


def fail_some(ledger: Ledger, now: datetime) -> None:
    """Let the latest confirmations that are old enough have failed for good: their addresses took no mail."""
    given_up = sum(WAITS, timedelta())
    kinds = {mails.enrolment_confirmed.name, mails.registered_by_employer.name}
    old = [row for row in ledger.rows[Message] if row.kind in kinds and row.created_at < now - given_up]
    for message in sorted(old, key=lambda row: row.created_at)[-FAILED_MAILS:]:
        message.state, message.attempts, message.sent_at = Message.State.FAILED, len(WAITS) + 1, None
        message.fault = "SMTPRecipientsRefused"
