"""What readers choose: asked, given, withdrawn, objected; each a line in the ledger that nobody changes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from leerhuis.audit import journal, sealing
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.ids import uuid7
from leerhuis.base.text import tidy
from leerhuis.consent import events, mails, rules
from leerhuis.consent.links import OWN, PARENT, Asked
from leerhuis.consent.models import ALL, Choice, Reader, Wording
from leerhuis.consent.queries import (
    choices_now,
    choices_of,
    lines_of,
    said_of_age,
    same_mailbox,
    unanswered_readers,
)
from leerhuis.consent.topics import interests, known, topics_by_id
from leerhuis.mail import actions as mail
from leerhuis.people.models import Person

Step, Channel = Choice.Step, Choice.Channel


# --- asking and giving ---------------------------------------------------------------------------------------------
def ask_visitor(
    address: str, topics: Iterable[str], *, language: str, of_age: bool, parent_email: str = "", by: Actor
) -> None:
    """Ask the owner of an address by mail whether they want what somebody chose on the website.

    Nothing is sent before they said yes with the link. An address that wants it already gets a mail that says so: the
    page shows the same to everybody. What they said of themselves counts only then, too: anybody can type an address.
    Refuses NothingChosen, AgeNotSaid, ParentIsOneself. Keeps: L14a, L2a.
    """
    inside_edge()
    wanted = known(topics, account=False)
    if not wanted:
        raise rules.NothingChosen
    _refuse_age(None, address, of_age=of_age, parent_email=parent_email)
    reader = _reader_of_address(address, language)
    fresh = [topic for topic in wanted if choices_now(reader).get(topic) != Step.GIVEN]
    if not fresh:
        note("ask again what is known", reader, by=by)
        mails.subscribed_already.send(reader, by=by)
        return
    reader.asked_parent_email = "" if of_age else parent_email.strip().lower()
    reader.save(update_fields=["asked_parent_email"])
    _ask(reader, fresh, Channel.WEBSITE, of_age=of_age, to=OWN, language=language, by=by)


def choose_topics(
    reader: Reader | Person,
    topics: Iterable[str],
    *,
    language: str,
    of_age: bool = False,
    parent_email: str = "",
    channel: str = Channel.ACCOUNT,
    by: Actor,
) -> bool:
    """Take what a reader wants from now on: give what is new, withdraw what they left out. True when a parent is asked.

    For who proved that the mailbox is theirs: by signing in, or by the link in a mail to it. What is withdrawn stops at
    once; what a child chooses waits for a parent. Refuses AgeNotSaid, ParentNeeded, ParentIsOneself. Keeps: L14a, L2a.
    """
    inside_edge()
    this = _held(reader, language)
    wanted, now = set(known(topics)), choices_now(this)
    leaving = [topic for topic in known(now) if now[topic] == Step.GIVEN and topic not in wanted]
    leaving += [topic for topic in _given_elsewhere(this) if topic not in wanted and topic not in leaving]
    fresh = [topic for topic in known(wanted) if now.get(topic) != Step.GIVEN]
    parent = False
    if fresh:
        grown = of_age or said_of_age(this)
        _refuse_age(this, this.address, of_age=grown, parent_email=parent_email)
        if parent := _is_child(this) or not grown:
            _take_in(this, language=language, parent_email=parent_email)
            _ask(this, fresh, channel, of_age=False, to=PARENT, language=language, by=by)
        else:
            _take_in(this, language=language)
            _give(this, fresh, channel, uuid7(), of_age=True, by=by)
    _withdraw(this, leaving, channel, by=by)
    return parent


def choose_some(
    person: Person,
    wanted: Iterable[str],
    among: Iterable[str],
    *,
    language: str,
    of_age: bool = False,
    parent_email: str = "",
    by: Actor,
) -> bool:
    """Take what a person wants among some topics, on a page about these; what else they consent to stays as it is.

    Returns and refuses as `choose_topics`. Keeps: L14a, L2a.
    """
    inside_edge()
    given = {topic for topic, step in choices_of(person).items() if step == Step.GIVEN}
    chosen = (given - set(among)) | (set(wanted) & set(among))
    return choose_topics(person, chosen, language=language, of_age=of_age, parent_email=parent_email, by=by)


def confirm_choices(asked: Asked, *, by: Actor) -> bool:
    """Take the yes of the owner of an address, or of a parent, to what was asked with one link. True when it is done.

    False: the owner is younger than sixteen, and now a parent is asked: the one who was named last, so that an older
    link does not work any more. A second time changes nothing. Refuses LinkTooOld. Keeps: L14a, L2a.
    """
    inside_edge()
    reader = Reader.objects.select_for_update(of=("self",)).filter(pk=asked.reader_id).first()
    lines = lines_of(reader, asked.together) if reader else []
    asking = [line for line in lines if line.step == Step.ASKED]
    if reader is None or not asking or asking[0].created_at < clock.now() - rules.CONFIRM_WITHIN:
        raise rules.LinkTooOld
    if any(line.step == Step.GIVEN for line in lines):
        return True
    now = choices_now(reader)
    topics = [line.topic for line in asking if now.get(line.topic) == Step.ASKED]
    if not topics:
        raise rules.LinkTooOld
    language = next((line.wording.language for line in asking if line.wording), reader.language)
    if asked.by == OWN and (_is_child(reader) or not asking[0].of_age):
        parent, reader.asked_parent_email = reader.asked_parent_email or reader.parent_email, ""
        if not parent or asked.together != _asked_last(reader):
            raise rules.LinkTooOld
        _take_in(reader, language=language, parent_email=parent)
        note("ask parent", reader, by=by, subject=reader.person_id)
        mails.parent_asked.send(reader, topics, Asked(reader.id, asked.together, PARENT), by=by)
        return False
    if asked.by == OWN:
        _take_in(reader, language=language)
    channel = Channel.PARENT if asked.by == PARENT else Channel.MAIL
    _give(reader, topics, channel, asked.together, of_age=asking[0].of_age, by=by, words=asking)
    return True


def record_choice(
    reader: Person | str,
    topic: str,
    *,
    given: bool,
    channel: str,
    reference: str,
    language: str,
    by: Actor,
) -> None:
    """Record what a person, or the owner of an address, said by telephone or on paper, and where that is found again.

    A withdrawal stops news at once. Refuses UnknownTopic, NotOnPaper, and ParentNeeded for a known child.
    """
    inside_edge()
    reference = tidy(reference)
    if not known([topic]):
        raise rules.UnknownTopic
    if not reference:
        raise rules.NotOnPaper
    this = _reader_of_address(reader, language) if isinstance(reader, str) else _held(reader, language)
    if not given:
        _withdraw(this, [topic], channel, reference=reference, by=by)
        return
    if _is_child(this):
        raise rules.ParentNeeded(field="topic")
    _take_in(this, language=language)
    _give(this, [topic], channel, uuid7(), of_age=False, reference=reference, by=by)


# --- withdrawing and objecting -------------------------------------------------------------------------------------
def leave_topic(reader: Reader, topic: str, *, by: Actor) -> None:
    """Stop one topic, or everything (an empty topic), with one request out of a mail. Again changes nothing.

    In force at once, for the mailbox as a whole: also for what waits in the outbox, and for whoever else is known
    under this address. Keeps: L14a, L35.
    """
    inside_edge()
    this = _held(reader)
    if topic == ALL:
        _object_to_all(this, Channel.MAIL, by=by)
    else:
        _withdraw(this, [topic], Channel.MAIL, by=by)


def object_to_marketing(
    person: Person, *, language: str, channel: str = Channel.ACCOUNT, reference: str = "", by: Actor
) -> None:
    """Take a person's objection to every kind of news: in force at once, without weighing (article 21(3) AVG).

    `channel` and `reference` say how it came and where it is found again, when it was not by signing in.
    """
    inside_edge()
    _object_to_all(_held(person, language), channel, reference=reference, by=by)


def object_to_purpose(
    person: Person, purpose: str, *, channel: str = Channel.ACCOUNT, reference: str = "", by: Actor
) -> None:
    """Take a person's objection to a purpose that rests on our own interest; somebody weighs it (article 21(1) AVG).

    A second objection changes nothing. What came to the desk is a request already, and makes no second one.
    Refuses NothingToObjectTo. Keeps: L35.
    """
    inside_edge()
    if purpose not in {each.id for each in interests("nl")}:
        raise rules.NothingToObjectTo
    this = _held(person)
    if choices_now(this).get(purpose) == Step.OBJECTED:
        return
    _object_to_purpose(this, purpose, channel, reference=reference, by=by)


def note_age(person: Person, born: date | None, *, by: Actor) -> None:
    """Take note of a birth date that a course asked for: kept is only until when a parent is needed, of a child.

    What a child gave without a parent stops. Called by `enrolment`, which knows the date. Keeps: L2a.
    """
    inside_edge()
    until = rules.sixteenth_birthday(born) if born else None
    until = until if until and until > clock.today() else None
    reader = Reader.objects.select_for_update(of=("self",)).filter(person=person).first()
    if reader is None and until is None:
        return
    reader = reader or _held(person)
    if reader.needs_parent_until == until:
        return
    reader.needs_parent_until = until
    reader.save(update_fields=["needs_parent_until"])
    note("note age", reader, by=by, subject=person.id, fields=["needs_parent_until"])
    alone = [line.topic for line in reader.choices.filter(step=Step.GIVEN).exclude(channel=Channel.PARENT) if until]
    _withdraw(reader, [topic for topic in dict.fromkeys(alone) if topic in choices_now(reader)], Channel.AGE, by=by)


def drop_unanswered(*, by: Actor) -> int:
    """Forget addresses of which nobody said within a week that they are theirs. Returns how many."""
    inside_edge()
    gone = list(unanswered_readers(clock.now() - rules.CONFIRM_WITHIN).select_for_update(of=("self",)))
    for reader in gone:
        note("drop unanswered", reader, by=by)
        sealing.release(reader.choices.all(), sealing.DELETED, by=by)
        reader.delete()
    return len(gone)


# --- after a restore -----------------------------------------------------------------------------------------------
def withdraw_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Withdraw again, after a restore, what the journal says was withdrawn. Keeps: W6."""
    inside_edge()
    for reader in Reader.objects.filter(pk=subject_id):
        _withdraw(reader, [purpose], Channel.RESTORE, by=by)


def unsubscribe_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Stop every kind of news again, after a restore, for a reader of whom the journal says so. Keeps: W6."""
    inside_edge()
    for reader in Reader.objects.filter(pk=subject_id):
        _object_to_all(reader, Channel.RESTORE, by=by)


def object_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Make an objection to a purpose again, after a restore; the request about it is made again too. Keeps: W6."""
    inside_edge()
    for reader in Reader.objects.filter(pk=subject_id, person__isnull=False):
        if choices_now(reader).get(purpose) != Step.OBJECTED:
            _object_to_purpose(reader, purpose, Channel.RESTORE, by=by)


# --- steps ---------------------------------------------------------------------------------------------------------
def _refuse_age(reader: Reader | None, address: str, *, of_age: bool, parent_email: str) -> None:
    child = reader is not None and _is_child(reader)
    if parent_email and parent_email.strip().lower() == address.strip().lower():
        raise rules.ParentIsOneself
    if child and not parent_email:
        raise rules.ParentNeeded
    if not of_age and not parent_email:
        raise rules.AgeNotSaid


def _is_child(reader: Reader) -> bool:
    return reader.needs_parent_until is not None and clock.today() < reader.needs_parent_until


def _reader_of_address(address: str, language: str) -> Reader:
    """Return the reader of an address of which we know nothing else, held; made when there is none."""
    address = address.strip().lower()
    Reader.objects.get_or_create(email=address, defaults={"language": language, "ended_at": clock.now()})
    return Reader.objects.select_for_update(of=("self",)).get(email=address)


def _held(reader: Reader | Person, language: str = "nl") -> Reader:
    """Return a reader, or the one of a person (made when there is none), locked for this act."""
    if isinstance(reader, Person):
        Reader.objects.get_or_create(person=reader, defaults={"language": language, "ended_at": clock.now()})
        return Reader.objects.select_for_update(of=("self",)).get(person=reader)
    return Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)


def _take_in(reader: Reader, *, language: str, parent_email: str = "") -> None:
    """Take what somebody said of themselves who proved that the mailbox is theirs."""
    reader.language, reader.parent_email = language, parent_email.strip().lower()
    reader.save(update_fields=["language", "parent_email", "asked_parent_email"])


def _asked_last(reader: Reader) -> UUID | None:
    asked = reader.choices.filter(step=Step.ASKED).order_by("-created_at", "-id")
    return asked.values_list("together", flat=True).first()


def _ask(reader: Reader, topics: list[str], channel: str, *, of_age: bool, to: str, language: str, by: Actor) -> None:
    together = uuid7()
    for topic in topics:
        shown = _wording(topic, language)
        _add(reader, topic, Step.ASKED, channel, together, of_age=of_age, wording=shown, by=by)
    asked = Asked(reader.id, together, to)
    if to == PARENT:
        mails.parent_asked.send(reader, topics, asked, by=by)
    else:
        mails.choices_asked.send(reader, topics, asked, language, by=by)
    emit(events.ChoiceAsked(reader.id))


def _give(
    reader: Reader,
    topics: list[str],
    channel: str,
    together: UUID,
    *,
    of_age: bool,
    by: Actor,
    reference: str = "",
    words: Iterable[Choice] = (),
) -> None:
    """Write down consent, on the words that were shown when it was asked, and let news through from now on."""
    shown = {line.topic: line.wording for line in words}
    if choices_now(reader).get(ALL) == Step.OBJECTED:
        _add(reader, ALL, Step.RETURNED, channel, together, by=by)
    for topic in topics:
        _add(
            reader, topic, Step.GIVEN, channel, together,
            of_age=of_age, reference=reference, wording=shown.get(topic), by=by,
        )  # fmt: skip
        mail.let_through(reader.address, topic, by=by)
        emit(events.ConsentGiven(reader.id, topic))
    _settle(reader)


def _withdraw(reader: Reader, topics: Iterable[str], channel: str, *, reference: str = "", by: Actor) -> None:
    """Stop topics for everybody who is known under this mailbox; what was stopped already gets no second line."""
    topics = list(topics)
    everybody = same_mailbox(reader)
    for each in everybody:
        now = choices_now(each)
        stopping = [topic for topic in topics if now.get(topic) in {Step.GIVEN, Step.ASKED}]
        together = uuid7()
        for topic in stopping:
            _add(each, topic, Step.WITHDRAWN, channel, together, reference=reference, by=by)
            journal.write(Operation.CONSENT_WITHDRAWN, each.id, purpose=topic, by=by)
            emit(events.ConsentWithdrawn(each.id, topic))
        if stopping:
            _settle(each)
    for topic in topics if reader.address else ():
        mail.suppress(reader.address, topic, by=by)


def _object_to_all(reader: Reader, channel: str, *, reference: str = "", by: Actor) -> None:
    for each in same_mailbox(reader):
        now = choices_now(each)
        if now.get(ALL) == Step.OBJECTED:
            continue
        together = uuid7()
        for topic in known(now):
            if now[topic] in {Step.GIVEN, Step.ASKED}:
                _add(each, topic, Step.WITHDRAWN, channel, together, reference=reference, by=by)
        _add(each, ALL, Step.OBJECTED, channel, together, reference=reference, by=by)
        journal.write(Operation.UNSUBSCRIBED, each.id, by=by)
        _settle(each)
        emit(events.MarketingObjected(each.id))
    if reader.address:
        mail.suppress(reader.address, ALL, by=by)


def _object_to_purpose(reader: Reader, purpose: str, channel: str, *, reference: str = "", by: Actor) -> None:
    _add(reader, purpose, Step.OBJECTED, channel, uuid7(), reference=reference, by=by)
    journal.write(Operation.OBJECTED, reader.id, purpose=purpose, by=by)
    if reader.person_id is not None and channel != Channel.DESK:
        emit(events.ObjectionRaised(reader.person_id, purpose))


def _given_elsewhere(reader: Reader) -> list[str]:
    """Return what is consented to by whoever else is known under this mailbox."""
    found = [choices_now(each) for each in same_mailbox(reader) if each.pk != reader.pk]
    return known(topic for now in found for topic, step in now.items() if step == Step.GIVEN)


def _add(
    reader: Reader,
    topic: str,
    step: str,
    channel: str,
    together: UUID,
    *,
    by: Actor,
    of_age: bool = False,
    reference: str = "",
    wording: Wording | None = None,
) -> None:
    """Add one line to the ledger."""
    asking = step in {Step.ASKED, Step.GIVEN}
    line = Choice.objects.create(
        reader=reader,
        topic=topic,
        step=step,
        channel=channel,
        wording=wording or (_wording(topic, reader.language) if asking else None),
        together=together,
        of_age=of_age,
        reference=reference,
        recorded_by=by.person_id if by.kind is ActorKind.PERSON and by.person_id != reader.person_id else None,
    )
    note(f"consent {step}", line, by=by, subject=reader.person_id)


def _wording(topic: str, language: str) -> Wording | None:
    """Return the row with the words of a topic as they stand now, made at first use."""
    offered = topics_by_id(language).get(topic)
    if offered is None:
        return None
    row, _new = Wording.objects.get_or_create(
        topic=topic, language=language, mark=offered.mark, defaults={"text": offered.wording}
    )
    return row


def _settle(reader: Reader) -> None:
    """Keep on the reader's row since when nothing is consented to: the clock of what we keep of them."""
    given = Step.GIVEN in choices_now(reader).values()
    ended = None if given else reader.ended_at or clock.now()
    if ended != reader.ended_at:
        reader.ended_at = ended
        reader.save(update_fields=["ended_at"])
