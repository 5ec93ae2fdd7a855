"""Reminders: choosing them, the devices that get them, and bringing them, once a day at most and only on consent."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Final
from uuid import UUID

from leerhuis.audit import outlet
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.base.once import take_turn
from leerhuis.base.refusals import Refusal
from leerhuis.charter.words import TECHNICAL
from leerhuis.consent.actions import choose_some
from leerhuis.consent.models import Choice, Reader
from leerhuis.consent.queries import choices_now, people_who_want, proofs
from leerhuis.mail.letters import Proof
from leerhuis.mail.queries import standstill
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import is_signed_in_by
from leerhuis.practice import mails, pushing, rules
from leerhuis.practice.due_reminders import MAIL, PUSH, ToRemind, open_devices, still_helps, whom_to_remind
from leerhuis.practice.events import ReminderDue
from leerhuis.practice.models import Bank, Push, PushDevice, Reminder, ReminderPlan
from leerhuis.practice.notices import TOPIC, Said, words
from leerhuis.practice.reminding import Times, of_use_until

DELIVER: Final = "practice.push"
AT_ONCE: Final = 200  # people in one go
TRIAL_OF_USE: Final = timedelta(minutes=15)
MOST_DEVICES: Final = 10
WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 15, 30, 60, 60, 60))
GIVEN: Final = Choice.Step.GIVEN


# --- choosing ------------------------------------------------------------------------------------------------------
def choose_reminders(
    person: Person,
    topics: Iterable[str],
    times: Times,
    *,
    language: str,
    of_age: bool = False,
    parent_email: str = "",
    by: Actor,
) -> bool:
    """Take by which way somebody wants to be reminded (`PUSH`, `MAIL`, both or neither) and when. In force at once.

    True when a parent is asked first, and nothing is sent until they agree. What else the person consents to stays as
    it is. Refuses NeverThen, AgeNotSaid, ParentNeeded and ParentIsOneself. Keeps: L14b, L35, L2a.
    """
    inside_edge()
    wanted = {PUSH, MAIL} & set(topics)
    if wanted and not times.ever:
        raise rules.NeverThen
    plan = _held(person)
    plan.hour, plan.days, plan.at_work = times.hour, times.days, times.at_work
    plan.declined_at = None if wanted else plan.declined_at
    plan.save(update_fields=["hour", "days", "at_work", "declined_at"])
    note("choose reminders", plan, by=by, subject=person.id, fields=["hour", "days", "at_work"])
    return choose_some(person, wanted, (PUSH, MAIL), language=language, of_age=of_age, parent_email=parent_email, by=by)


def decline_reminders(person: Person, *, by: Actor) -> None:
    """Keep that somebody does not want to be asked whether we may remind them: they are never asked again."""
    inside_edge()
    plan = _held(person)
    if plan.declined_at is None:
        plan.declined_at = clock.now()
        plan.save(update_fields=["declined_at"])
        note("decline reminders", plan, by=by, subject=person.id, fields=["declined_at"])


def follow_consent(reader_id: UUID, *, by: Actor) -> None:
    """Begin or end reminders with the consent to them; without one for notifications no device is kept. Keeps: L35."""
    inside_edge()
    reader = Reader.objects.filter(pk=reader_id, person__isnull=False).select_related("person").first()
    if reader is None or reader.person is None:
        return
    now = choices_now(reader)
    wants = {topic for topic in (PUSH, MAIL) if now.get(topic) == GIVEN}
    if not wants and not ReminderPlan.objects.filter(person=reader.person).exists():
        return
    plan = _held(reader.person)
    ended = None if wants else plan.ended_at or clock.now()
    if ended != plan.ended_at:
        plan.ended_at = ended
        plan.save(update_fields=["ended_at"])
        note("settle reminders", plan, by=by, subject=plan.person_id, fields=["ended_at"])
    if PUSH not in wants:
        for device in plan.devices.all():
            _forget(device, by)


# --- devices -------------------------------------------------------------------------------------------------------
def add_device(person: Person, sign_in: SignIn, *, endpoint: str, key: str, auth: str, by: Actor) -> PushDevice:
    """Let a browser get notifications, as long as this sign-in of it lasts. The same browser again replaces itself.

    Refuses NoPushService for an address that no known service has, so that we call no other host; NotAskedFor and
    TooManyDevices.
    """
    inside_edge()
    if not pushing.service_of(endpoint) or not pushing.keys_fit(key, auth):
        raise rules.NoPushService
    plan = _held(person)
    if not people_who_want(PUSH).filter(person=person).exists():
        raise rules.NotAskedFor
    digest = pushing.digest_of(endpoint)
    for earlier in PushDevice.objects.filter(digest=digest):
        _forget(earlier, by)
    if plan.devices.count() >= MOST_DEVICES:
        raise rules.TooManyDevices
    said = {"endpoint": endpoint, "key": key, "auth": auth, "digest": digest}
    device = PushDevice.objects.create(
        plan=plan, sign_in=sign_in.id, browser=sign_in.browser, system=sign_in.system, **said
    )
    note("add notified device", device, by=by, subject=person.id)
    return device


def remove_device(device: PushDevice, *, by: Actor) -> None:
    """Send nothing to a device any more."""
    inside_edge()
    _forget(device, by)


def tidy_devices(*, by: Actor) -> int:
    """Forget the devices of sign-ins that ended; returns how many.

    Whoever signs in anew in the same browser, without having signed out, ends the earlier sign-in in that moment: the
    device then belongs to the new one.
    """
    inside_edge()
    for device in _without_sign_in():
        successor = _successor(device)
        if successor:
            device.sign_in = successor
            device.save(update_fields=["sign_in"])
            note("move notified device", device, by=by, subject=device.plan.person_id, fields=["sign_in"])
    gone = _without_sign_in()
    for device in gone:
        _forget(device, by)
    return len(gone)


# --- bringing ------------------------------------------------------------------------------------------------------
def send_reminders(*, by: Actor) -> int:
    """Remind everybody whose hour it is, who consents and for whom it helps. Returns how many.

    Once a day at most over all ways: on the devices where there are any, else by mail; by mail, too, where in the end
    no device took it. Two runs at once do not remind twice: the second finds nothing to do. Keeps: L14b.
    """
    inside_edge()
    if not take_turn("practice", "send reminders"):
        return 0
    count = 0
    waiting = whom_to_remind()
    while batch := list(islice(waiting, AT_ONCE)):
        count += _remind(batch, by)
    return count


def try_reminder(person: Person, *, by: Actor) -> None:
    """Send somebody a trial by each way that they chose, at once. It counts as no reminder. Refuses NothingToTry."""
    inside_edge()
    plan = _held(person)
    devices = list(open_devices().filter(plan=plan))
    found = list(proofs(MAIL, [person.id]))
    if not devices and not found:
        raise rules.NothingToTry
    note("try reminder", plan, by=by, subject=person.id)
    _push(devices, {})
    said = Said(plan.pk, questions=12, minutes=4, trial=True)
    for proof in found:
        mails.reminder.send(said, [proof], {proof.to.language: proof}, by=by)


def deliver_push(push_id: UUID, *, by: Actor) -> None:
    """Hand a notification to the push service of its device, or plan the next try. Harmless for one that is gone.

    Whether it may go is asked at this moment: the consent, the sign-in, that it still helps, and that mail leaves at
    all. A subscription that the service has ended is forgotten. Keeps: L14b, L24, L27.
    """
    inside_edge()
    waiting = Push.objects.select_for_update(skip_locked=True, of=("self",))
    push = waiting.select_related("device__plan__person", "reminder__bank").filter(pk=push_id).first()
    if push is None or push.try_after > clock.now():
        return
    if not _may_go(push) or standstill() is not None:
        _give_up(push, by)
        return
    push.attempts += 1
    try:
        answer = outlet.send(_leaving(push), partial(_hand_over, push), by=by)
    except (*pushing.FAULTS, Refusal):
        _later(push, None, by)
        return
    if answer.taken:
        _taken(push, by)
    elif answer.over:
        _forget(push.device, by)
        _otherwise(push.reminder, by)
    elif answer.later:
        _later(push, answer.wait, by)
    else:
        _give_up(push, by)


def deliver_again(*, by: Actor) -> int:
    """Give the jobs of notifications again that wait although their time has come. Returns how many."""
    inside_edge()
    late = list(Push.objects.filter(try_after__lt=clock.now() - timedelta(minutes=5)).values_list("pk", flat=True))
    for push_id in late:
        defer(DELIVER, push_id)
    return len(late)


# --- steps ---------------------------------------------------------------------------------------------------------
def _held(person: Person) -> ReminderPlan:
    """Return a person's plan, made at first use, locked for this act."""
    ReminderPlan.objects.get_or_create(person=person)
    return ReminderPlan.objects.select_for_update(of=("self",)).get(person=person)


def _forget(device: PushDevice, by: Actor) -> None:
    note("forget notified device", device, by=by, subject=device.plan.person_id)
    device.delete()


def _without_sign_in() -> list[PushDevice]:
    still = SignIn.objects.filter(ended_at=None).values("pk")
    return list(PushDevice.objects.exclude(sign_in__in=still).select_related("plan").order_by("id"))


def _successor(device: PushDevice) -> UUID | None:
    """Return the open sign-in that took the place of a device's own in the same moment, through any number of them."""
    ended = SignIn.objects.filter(pk=device.sign_in, person=device.plan.person_id).first()
    while ended is not None and ended.ended_at is not None:
        same = SignIn.objects.filter(person=ended.person_id, device_key=ended.device_key, created_at=ended.ended_at)
        ended = same.exclude(pk=ended.pk).first()
    return ended.pk if ended else None


def _remind(people: Sequence[ToRemind], by: Actor) -> int:
    """Remind some people: their rows, then the notifications and the mails."""
    today, titles = clock.today(), dict(Bank.objects.values_list("pk", "title"))
    way = Reminder.Way
    rows = {
        each.person_id: Reminder(
            plan_id=each.plan_id,
            day=today,
            bank_id=each.bank_id,
            reason=each.reason,
            questions=each.questions,
            minutes=each.minutes,
            way=way.PUSH if each.on_device else way.MAIL,
        )
        for each in people
    }
    Reminder.objects.bulk_create(rows.values())
    for person_id, row in rows.items():
        note("remind", row, by=by, subject=person_id)
        emit(ReminderDue(row.id))
    by_plan = {row.plan_id: row for row in rows.values() if row.way == way.PUSH}
    devices = open_devices().filter(plan__in=by_plan).select_related("plan").order_by("id")
    _push(list(devices), by_plan)
    by_mail = {person_id: row for person_id, row in rows.items() if row.way == way.MAIL}
    for proof in proofs(MAIL, by_mail) if by_mail else ():
        if proof.to.person_id:
            row = by_mail[proof.to.person_id]
            _mail(row, titles[row.bank_id], [proof], by)
    return len(rows)


def _push(devices: Sequence[PushDevice], reminders: dict[UUID, Reminder]) -> None:
    """Begin to bring a word to devices: the reminder of each plan, or a trial where there is none."""
    now = clock.now()
    local = now.astimezone(clock.zone())
    made = []
    for each in devices:
        reminder = reminders.get(each.plan_id)
        until = of_use_until(each.plan.times, local) if reminder else now + TRIAL_OF_USE
        made.append(Push(device=each, reminder=reminder, try_after=now, until=until))
    for push in Push.objects.bulk_create(made):
        defer(DELIVER, push.id)


def _mail(reminder: Reminder, bank: str, wanting: Iterable[Proof], by: Actor) -> int:
    """Put the mail of a reminder in the outbox for whoever still wants it; returns how many."""
    said = Said(reminder.pk, reminder.questions, reminder.minutes, bank, reminder.reason)
    return sum(mails.reminder.send(said, [each], {each.to.language: each}, by=by) for each in wanting)


def _may_go(push: Push) -> bool:
    """True while a notification is of use, its device may get one, and a reminder still helps; a trial always does."""
    device = push.device
    if clock.now() >= push.until or not open_devices().filter(pk=device.pk).exists():
        return False
    if not is_signed_in_by(device.sign_in, device.plan.person_id):
        return False
    return push.reminder_id is None or still_helps(device.plan)


def _leaving(push: Push) -> outlet.Going:
    """Return what a notification lets out of the house: to whom, and which device; its words nobody there can read."""
    person = push.device.plan.person_id
    return outlet.Going(
        pushing.service_of(push.device.endpoint),
        "practice.reminding",
        "notification practice",
        (TECHNICAL,),
        {person},
        1,
        consented=frozenset({person}),  # asked a moment ago: `open_devices`
        transport=pushing.protection(),
    )


def _hand_over(push: Push) -> pushing.Answer:
    reminder, person = push.reminder, push.device.plan.person
    said = Said(push.pk, reminder.questions if reminder else 0, reminder.minutes if reminder else 0, trial=not reminder)
    seconds = max(1, int((push.until - clock.now()).total_seconds()))
    notice = pushing.Notice(words(said, person.language), seconds, TOPIC, urgent=reminder is None)
    return pushing.hand_over(push.device, notice, current_academy().settings.controller.email, clock.now())


def _taken(push: Push, by: Actor) -> None:
    push.device.reached_at = clock.now()
    push.device.save(update_fields=["reached_at"])
    if push.reminder and push.reminder.arrived_at is None:
        push.reminder.arrived_at = clock.now()
        push.reminder.save(update_fields=["arrived_at"])
    note("bring notification", push, by=by, subject=push.device.plan.person_id)
    push.delete()


def _later(push: Push, wait: timedelta | None, by: Actor) -> None:
    """Plan the next try, as late as the service says; give up where that would be too late to be of use."""
    if push.attempts > len(WAITS):
        _give_up(push, by)
        return
    push.try_after = clock.now() + max(wait or timedelta(0), WAITS[push.attempts - 1])
    if push.try_after >= push.until:
        _give_up(push, by)
        return
    push.save(update_fields=["attempts", "try_after"])
    note("wait with notification", push, by=by, subject=push.device.plan.person_id, fields=["try_after"])
    defer(DELIVER, push.id, delay_seconds=int((push.try_after - clock.now()).total_seconds()) + 1)


def _give_up(push: Push, by: Actor) -> None:
    note("give up notification", push, by=by, subject=push.device.plan.person_id)
    reminder = push.reminder
    push.delete()
    _otherwise(reminder, by)


def _otherwise(reminder: Reminder | None, by: Actor) -> None:
    """Bring a reminder by mail that no device took, where its reader chose that, too, and it still helps today."""
    if reminder is None or reminder.arrived_at or reminder.way != Reminder.Way.PUSH or reminder.day != clock.today():
        return
    if Push.objects.filter(reminder=reminder).exists():
        return
    plan = ReminderPlan.objects.get(pk=reminder.plan_id)
    sent = still_helps(plan) and _mail(reminder, reminder.bank.title, proofs(MAIL, [plan.person_id]), by)
    reminder.way = Reminder.Way.MAIL if sent else Reminder.Way.NONE
    reminder.save(update_fields=["way"])
