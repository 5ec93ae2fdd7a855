"""The standing world of these tests: one academy full of things, made once for a whole file of tests, per academy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import connection, transaction
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.appearance.actions import choose_appearance
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, edge, enter_schema
from leerhuis.base.ids import uuid7
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue.models import Lesson, Run, Teaching
from leerhuis.catalogue.tests.factories import draft
from leerhuis.conditions.actions import publish_conditions
from leerhuis.consent.actions import (
    ask_visitor,
    confirm_choices,
    record_agreement,
    send_news,
    spread_news,
    write_news,
)
from leerhuis.consent.links import Asked, choosing_key, leaving_key
from leerhuis.consent.models import Agreement, Reader
from leerhuis.consent.topics import news_topics
from leerhuis.documents.actions import drop_document
from leerhuis.documents.tests.factories import a_document
from leerhuis.enrolment.models import Enrolment, Grant, Registration
from leerhuis.enrolment.queries import sharing_token
from leerhuis.mail.models import Message
from leerhuis.organisations.actions import add_employee, add_organisation, appoint_contact
from leerhuis.organisations.joining import invitation_key
from leerhuis.organisations.models import Invitation, Membership, Organisation
from leerhuis.people.actions import ask_correction_again, grant_role, invite
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import invitation_token
from leerhuis.practice.actions.authors import add_comment
from leerhuis.practice.actions.content import change_question, take_in
from leerhuis.practice.actions.faults import choose_reports, keep_report
from leerhuis.practice.actions.media import add_media
from leerhuis.practice.actions.reminders import add_device, choose_reminders
from leerhuis.practice.actions.rounds import answer_question, start_round
from leerhuis.practice.actions.sources import add_source
from leerhuis.practice.actions.together import join_together
from leerhuis.practice.due_reminders import MAIL, PUSH
from leerhuis.practice.models import Fit, Objective, Question, Version
from leerhuis.practice.queries import draft_of
from leerhuis.practice.reminding import Times
from leerhuis.practice.scheduling import DEFAULT
from leerhuis.practice.tests.factories import a_bank, access_for
from leerhuis.practice.tests.pictures import png
from leerhuis.practice.tests.push_service import Browser
from leerhuis.privacy.actions import (
    ask_removal,
    delay_complaint,
    extend_request,
    hold,
    receive_complaint,
    receive_request,
    restrict_person,
)
from leerhuis.privacy.models import Firm, Redaction, RetentionRun, StatementVersion
from leerhuis.privacy.statement import compose, version
from leerhuis.results.actions import give_result, issue_certificate, mark_attendance, submit_sheet
from leerhuis.results.tests.factories import enrol, make_course, make_run, make_venue
from leerhuis.ui.marks import mark_png
from tests.cast import OPERATOR, add_person, make_cast, signed_in

MARKS = {"leffectief": "qaa", "kjenning": "qbb"}
QUESTIONS = (
    "$CATEGORY: Regels{mark}\n\n::Stelling{mark}::Een naam is een persoonsgegeven. {{TRUE}}\n\n::Nog een::Ja. {{T}}"
)


@dataclass(frozen=True)
class World:
    """One academy: its people by their word, its things by the name that addresses give them, and their sign-ins."""

    academy: Academy
    mark: str
    people: dict[str, Person]
    things: dict[str, Any]
    cookies: dict[str, str]

    def __getattr__(self, name: str) -> Any:
        """Return a thing by its word."""
        try:
            return self.things[name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    def browser(self, who: str, *, host: Academy | None = None) -> Client:
        """Return a fresh browser with somebody's sign-in; ``visitor`` has none, ``clerk1`` only the first step."""
        client = Client(headers={"host": (host or self.academy).main_host})
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client

    def canaries(self, *whose: str) -> dict[str, str]:
        """Return texts that only somebody with a right to these people's data may read: word → text, nobody = all."""
        chosen = whose or tuple(self.people)
        return {f"{who} {what}": text for who in chosen for what, text in self._texts(who).items()}

    def _texts(self, who: str) -> dict[str, str]:
        person = self.people[who]
        return {"name": person.last_name, "address": str(person.email)}


@contextmanager
def standing(keys: tuple[str, ...] = ("leffectief", "kjenning")) -> Iterator[list[World]]:
    """Build the worlds of these academies in one transaction that is taken back at the end; stay in the first."""
    enter_schema(None)
    with edge(None):
        worlds = [_built(key) for key in keys]
        with edge(worlds[0].academy):
            yield worlds
        transaction.set_rollback(True)
    enter_schema(None)


def _built(key: str) -> World:
    with at_shared_tables():
        academy = academy_by_key(key)
    assert academy is not None
    with edge(academy):
        return build(academy, MARKS[key])


def restore_token(world: World) -> str:
    """Return the key by which a lesson that was dropped this very moment comes back; it lasts two minutes."""
    facts = {"run": str(world.coming.id), "venue": "", "room": "", "online_link": "", "title": ""}
    lesson = world.coming_lesson
    moved = {name: (getattr(lesson, name) + timedelta(days=1)).isoformat() for name in ("starts_at", "ends_at")}
    return signing.dumps(facts | moved, salt="removed lesson")


@contextmanager
def undone() -> Iterator[None]:
    """Take back everything that is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- rows ----------------------------------------------------------------------------------------------------------
# A sign-in says when it was last used; what was acknowledged is kept so that the same form is not taken twice.
UNCOUNTED = {"sign_in_store", "django_migrations", "django_content_type", "sign_in", "submission"}


_COUNTS = """
SELECT n.nspname || '.' || c.relname,
       pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
       + pg_stat_get_xact_tuples_deleted(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND NOT c.relname = ANY(%s)
  AND (n.nspname = ANY(%s) OR (n.nspname = 'public' AND c.relname LIKE 'procrastinate_%%'))
"""


def row_counts(*academies: Academy) -> dict[str, int]:
    """Return for each table how often this transaction wrote a row, also what it took back again.

    The tables are those of these academies, and the jobs that all share. Nothing is written without being counted.
    """
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute(_COUNTS, [sorted(UNCOUNTED), [each.schema_name for each in academies]])
        return dict(cursor.fetchall())


def row_hashes(*academies: Academy) -> dict[str, str]:
    """Return a hash of all rows of each table: those of these academies, and the jobs that all share."""
    return _hashes_of(set(row_counts(*academies)))


def _hashes_of(tables: set[str]) -> dict[str, str]:
    hashes = " UNION ALL ".join(
        f"SELECT '{schema}.{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
        f' FROM "{schema}"."{table}" t'
        for schema, _, table in (each.partition(".") for each in sorted(tables))
    )
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute(hashes)
        return dict(cursor.fetchall())


@contextmanager
def watched(*academies: Academy) -> Iterator[Callable[[], set[str]]]:
    """Take back everything that is done inside; what this yields names, once, the tables in which rows now differ.

    Where nothing was written nothing differs; what was written to is compared with how it stood, by going back to it.
    """
    with undone():
        at, before = transaction.savepoint(), row_counts(*academies)

        def changed() -> set[str]:
            worked_on = {table for table, count in row_counts(*academies).items() if count != before[table]}
            if not worked_on:
                return set()
            after = _hashes_of(worked_on)
            transaction.savepoint_rollback(at)
            return touched(_hashes_of(worked_on), after)

        yield changed


def touched(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Return the names of the tables whose rows differ, without their schema."""
    return {name.split(".")[1] for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


# --- building ------------------------------------------------------------------------------------------------------
def build(academy: Academy, mark: str) -> World:
    """Fill the academy that is entered."""
    people, organisation, other = _people(mark)
    things: dict[str, Any] = {"organisation": organisation, "other_organisation": other}
    _content(things, mark)
    _runs(things, people)
    _enrolments(things, people)
    _history(things, people)
    _practice(things, people)
    _letters(things, people, mark)
    _requests(things, people)
    _statement(things, academy)
    _limits(things, people, mark)
    _news(things, people, mark)
    _reminders(things, people, mark)
    things["firm"] = Firm.objects.filter(ended_at=None).earliest("created_at", "id")
    things["with_second_step"] = people["other_trainer"]
    cookies = {who: _cookie(academy, person) for who, person in people.items()}
    cookies |= {f"{who}1": _cookie(academy, person, second_factor=False) for who, person in people.items()}
    return World(academy, mark, people, things, cookies)


def _cookie(academy: Academy, person: Person, *, second_factor: bool = True) -> str:
    client = signed_in(academy, person, second_factor=second_factor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _people(mark: str) -> tuple[dict[str, Person], Organisation, Organisation]:
    cast = make_cast()
    other = add_organisation(name=f"Vreemd Werk {mark}", city="Assen", by=OPERATOR)
    cast.organisation.name = f"Bakker Advies {mark}"
    cast.organisation.self_service = True
    cast.organisation.save()
    people = cast.everyone
    names = {
        "outsider": "Olga", "other_contact": "Xandra", "other_trainer": "Ugo", "marketer": "Mats", "invited": "Iris",
    }  # fmt: skip
    for who, first in names.items():
        people[who] = add_person(first, "Nieuw")
    password = make_password("een lange zin om te raden")
    for who, person in people.items():
        person.password = password
        person.set_name(person.first_name, f"Van{who.title().replace('_', '')}{mark}")
        person.email = f"{mark}.{who}@people.example"
        person.save()
        EmailAddress.objects.filter(user_id=person.id).update(email=person.email)
    grant_role(people["other_trainer"], "trainer", by=OPERATOR)
    grant_role(people["marketer"], "marketer", by=OPERATOR)
    add_employee(other, people["outsider"], by=OPERATOR)
    appoint_contact(other, people["other_contact"], by=OPERATOR)
    people["invited"].state = Person.State.INVITED
    people["invited"].set_unusable_password()
    people["invited"].save()
    TOTP.activate(people["other_trainer"], generate_totp_secret())
    return people, cast.organisation, other


def _content(things: dict[str, Any], mark: str) -> None:
    things["bank"] = a_bank(f"Oefenbank {mark}", QUESTIONS.format(mark=mark))
    things["other_bank"] = a_bank(f"Andere bank {mark}", QUESTIONS.format(mark=f"{mark}2"))
    things["question"] = Question.objects.get(topic__bank=things["bank"], title=f"Stelling{mark}")
    picture = {"name": f"slot-{mark}.png", "alt": "Een slot", "content": png(40, ord(mark[1]))}
    things["media"] = add_media(things["bank"], **picture, by=OPERATOR)
    things["source"] = add_source(name=f"Wet {mark}", by=OPERATOR)
    things["spare_source"] = add_source(name=f"Oude wet {mark}", by=OPERATOR)
    asked_about = replace(draft_of(things["question"]), objectives=(f"Kent {mark}",), rests_on=f"Wet {mark}")
    change_question(things["question"], asked_about, version=1, by=OPERATOR)
    things["question"].refresh_from_db()
    things["question_version"] = Version.objects.get(question=things["question"], number=1)
    things["objective"] = Objective.objects.get(title=f"Kent {mark}")
    things["course"] = make_course(
        f"Privacy {mark}", slug=f"privacy-{mark}", summary="s", audience="a", level="l", outcomes=["o"]
    )
    things["draft"] = draft(f"Concept {mark}", slug=f"concept-{mark}")
    things["venue"] = make_venue()
    logo = mark_png(mark[:2].upper(), "#123456", 192, maskable=False)
    things["appearance"] = choose_appearance(accent="#123456", typeface="plain", logo=logo, by=OPERATOR)
    asked = catalogue.Asked("phone", "om u te bereiken", "to reach you", required=False)
    catalogue.set_questions(things["course"], [asked], by=OPERATOR)
    catalogue.set_modules(things["course"], [things["bank"]], by=OPERATOR)


def _in_days(count: int) -> date:
    return clock.today() + timedelta(days=count)


def _runs(things: dict[str, Any], people: dict[str, Person]) -> None:
    course, venue, trainer = things["course"], things["venue"], people["trainer"]
    said = {"course": course, "venue": venue, "trainer": trainer}
    things["taught"] = make_run(_in_days(-10), _in_days(0), **said)
    things["over"] = make_run(_in_days(-20), **said)
    things["coming"] = make_run(_in_days(30), **said, state=Run.State.OPEN, seats=8)
    things["full"] = make_run(_in_days(40), **said, state=Run.State.OPEN, seats=3)
    things["planned"] = make_run(_in_days(50), _in_days(51), **said, state=Run.State.PLANNED)
    things["foreign"] = make_run(_in_days(0), **said | {"trainer": people["other_trainer"]})
    for run in ("taught", "over", "coming", "full", "planned", "foreign"):
        first, *rest = Lesson.objects.filter(run=things[run]).order_by("starts_at")
        things[f"{run}_lesson"] = first
        things[f"{run}_last_lesson"] = rest[-1] if rest else first
    things["teaching"] = Teaching.objects.get(run=things["coming"])


def _enrolments(things: dict[str, Any], people: dict[str, Person]) -> None:
    ours, theirs = things["organisation"], things["other_organisation"]
    taught, coming, full, over = (things[each] for each in ("taught", "coming", "full", "over"))
    learner, colleague = people["learner"], people["colleague"]
    things["mine"] = enrol(taught, learner, ordered_by=ours, remarks="Opmerking bij de cursist")
    things["theirs"] = enrol(taught, colleague, ordered_by=ours)
    things["strangers"] = enrol(taught, people["stranger"])
    things["outsiders"] = enrol(taught, people["outsider"], ordered_by=theirs)
    things["elsewhere"] = enrol(things["foreign"], people["stranger"])
    things["to_come"] = enrol(coming, learner, ordered_by=ours)
    enrol(full, people["stranger"])
    things["by_oneself"] = enrol(full, learner)
    things["waiting"] = enrol(full, colleague, state=Enrolment.State.WAITING, waiting_since=clock.now())
    things["finished"] = enrol(over, learner, ordered_by=ours)
    things["due"] = enrol(over, colleague, ordered_by=ours)
    told = {"told_at": clock.now(), "attendance": True}
    things["agreement"] = record_agreement(ours, attendance=True, reference="contract 12", by=OPERATOR)
    for enrolment in (things["mine"], things["finished"]):
        Grant.objects.create(enrolment=enrolment, agreement=things["agreement"], **told)
    Grant.objects.create(enrolment=things["to_come"], agreement=things["agreement"], objected_at=clock.now(), **told)
    foreign = Agreement.objects.create(organisation=theirs, attendance=True, reference="contract 13")
    Grant.objects.create(enrolment=things["outsiders"], agreement=foreign, **told)
    things["sharing_token"] = sharing_token(things["mine"])
    website = enrol(coming, people["stranger"]).registration
    Registration.objects.filter(pk=website.pk).update(source=Registration.Source.WEBSITE)
    things["website_registration"] = website
    things["order"] = things["to_come"].registration


def _history(things: dict[str, Any], people: dict[str, Person]) -> None:
    """Let the lessons so far be marked and submitted, decide results, and issue a certificate."""
    trainer = Actor.person(people["trainer"].id, "trainer")
    clerk = Actor.person(people["clerk"].id, "clerk")
    seated = {
        "taught_lesson": ("mine", "theirs", "strangers", "outsiders"),
        "over_lesson": ("finished", "due"),
    }
    for lesson, enrolments in seated.items():
        for enrolment in enrolments:
            mark_attendance(things[lesson], things[enrolment], "present", by=trainer)
        submit_sheet(things[lesson], by=trainer)
    mark_attendance(things["taught_last_lesson"], things["mine"], "present", by=trainer)
    for enrolment in ("finished", "due"):
        give_result(things[enrolment], "passed", by=clerk)
    things["certificate"] = issue_certificate(things["finished"], by=clerk)


def _statement(things: dict[str, Any], academy: Academy) -> None:
    """Have an older statement in force, so that there is one to publish."""
    rights = academy.settings.rights.model_copy(update={"answer_days": 30})
    chosen = academy.settings.model_copy(update={"rights": rights})
    texts = {language: compose(chosen, language).as_dict() for language in ("nl", "en")}
    older = clock.now() - timedelta(days=30)
    things["version"] = StatementVersion.objects.create(
        mark=version(chosen), **texts, announced_at=older, created_at=older
    )


def _reminders(things: dict[str, Any], people: dict[str, Person], mark: str) -> None:
    """Let the learner be reminded, on a telephone and by mail, the app report what fails there, and take part."""
    learner = people["learner"]
    by = Actor.person(learner.id)
    choose_reminders(learner, [PUSH, MAIL], Times(), language="nl", of_age=True, by=by)
    said = Browser(f"telefoon-{mark}").subscription
    phone = SignIn.objects.create(person=learner, browser="Chrome", system="Android", device_key="1" * 64)
    things["device"] = add_device(learner, phone, **said, by=by)
    choose_reports(learner, wanted=True, language="nl", of_age=True, by=by)
    told = {"device": "phone", "screen": "small", "browser": "Chrome", "system": "Android"}
    join_together(learner, f"Uil {mark}", language="nl", of_age=True, by=by)
    keep_report(learner, fault="TypeError", version="1.0.0", **told, by=by)


def _limits(things: dict[str, Any], people: dict[str, Person], mark: str) -> None:
    """Let somebody's data be only kept, and hold what is about a learner."""
    officer = Actor.person(people["officer"].id, "privacy_officer")
    things["restricted"] = add_person("Rosa", f"VanRestricted{mark}")
    restrict_person(things["restricted"], reason="Klopt het adres?", by=officer)
    until = clock.today() + timedelta(days=60)
    things["hold"] = hold(person_id=people["learner"].id, reason="Een geschil.", until=until, by=officer)
    things["asking_run"] = RetentionRun.objects.create(state=RetentionRun.State.ASKS, why=RetentionRun.Why.MANY)
    things["redaction"] = Redaction.objects.create(
        table="enrolment.Enrolment", row_id=things["mine"].pk, column="remarks", due_on=until
    )
    things["corrected"] = add_person("Cor", f"Verbeterd{mark}")
    ask_correction_again(things["corrected"].id, purpose="", by=OPERATOR)
    things["to_erase"] = add_person("Els", f"Verdwijnt{mark}")
    things["idle_organisation"] = add_organisation(name=f"Gestopt {mark}", by=OPERATOR)
    leaving = add_organisation(name=f"Vertrekt {mark}", by=OPERATOR)
    things["removal"] = ask_removal(leaving, reason="Gestopt.", day=until, by=officer)


def _requests(things: dict[str, Any], people: dict[str, Person]) -> None:
    """Let the learner have asked something about their data, and read that it takes longer."""
    learner, officer = people["learner"], Actor.person(people["officer"].id, "privacy_officer")
    things["request"] = receive_request(
        kind="other", channel="account", person=learner, asked="Wie ziet mijn cijfers?", proof="sign_in",
        by=Actor.person(learner.id),
    )  # fmt: skip
    things["reply"] = extend_request(things["request"], reason="Wij zoeken het na.", by=officer)
    things["conditions"] = publish_conditions(since=clock.today(), nl="# Voorwaarden", en="", by=OPERATOR)
    things["complaint"] = receive_complaint(
        name=learner.name, address=str(learner.email), told="De zaal was te klein.", subject_of="training",
        channel="website", person=learner, by=Actor.person(learner.id),
    )  # fmt: skip
    later = clock.today() + timedelta(days=60)
    things["complaint_reply"] = delay_complaint(things["complaint"], until=later, reason="Vakantie.", by=officer)


def _news(things: dict[str, Any], people: dict[str, Person], mark: str) -> None:
    """Have a reader without an account and one with, one who has yet to confirm, and news: a draft and one sent."""
    (topic, *_more) = (each.id for each in news_topics("nl"))
    visitor = Actor.visitor()
    address = f"lezer.{mark}@people.example"
    ask_visitor(address, [topic], language="nl", of_age=True, by=visitor)
    reader = Reader.objects.get(email=address)
    asked = reader.choices.get()
    confirm_choices(Asked(reader.id, asked.together, "own"), by=visitor)
    ask_visitor(f"twijfel.{mark}@people.example", [topic], language="nl", of_age=True, by=visitor)
    unsure = Reader.objects.get(email=f"twijfel.{mark}@people.example")
    things["confirming_token"] = Asked(unsure.id, unsure.choices.get().together, "own").token
    things["choosing_token"] = choosing_key(reader.id)
    things["leaving_token"] = leaving_key(reader.id, topic)
    said = {"topic": topic, "title": f"Nieuws {mark}", "body": "Er is iets nieuws."}
    things["news"] = write_news(None, **said, by=OPERATOR)
    things["sent_news"] = write_news(None, **said, by=OPERATOR)
    send_news(things["sent_news"], by=OPERATOR)
    spread_news(things["sent_news"], by=OPERATOR)


def _practice(things: dict[str, Any], people: dict[str, Person]) -> None:
    learner = people["learner"]
    access_for(learner, things["bank"])
    access_for(learner, things["other_bank"])
    waiting = b"::Wachtend::Iets dat nog niet overgenomen is. {T}"
    trainer = people["trainer"]
    said = add_comment(things["question"], "Klopt dit nog?", author=trainer, by=Actor.person(trainer.id, "authors"))
    things["comment"] = said
    things["incoming"] = take_in(things["bank"], waiting, name="wacht.gift", by=OPERATOR)
    things["round"] = start_round(learner, things["bank"], by=Actor.person(learner.id))
    things["answered_question"] = Question.objects.get(topic__bank=things["bank"], title="Nog een")
    answer_question(things["round"], things["answered_question"].id, "true", key=uuid7(), by=Actor.person(learner.id))
    numbers = {"parameters": list(DEFAULT), "people": 40, "answers": 2000, "held_out_people": 10, "figures": {}}
    for name, state in (("fit", Fit.State.SET_ASIDE), ("fit_in_use", Fit.State.IN_USE)):
        things[name] = Fit.objects.create(state=state, held_out_answers=500, gain=0.02, error=0.01, **numbers)


def _letters(things: dict[str, Any], people: dict[str, Person], mark: str) -> None:
    invite(people["invited"], by=OPERATOR)
    asked = people["marketer"]
    things["invitation"] = Invitation.objects.create(
        organisation=things["organisation"], person=asked, kind="employee", first_name="Mo", last_name="Typte",
        email=f"getypt.{mark}@people.example", invited_by=people["contact"].id, sent_at=clock.now(),
    )  # fmt: skip
    things["join_key"] = invitation_key(things["invitation"])
    things["invitation_token"] = invitation_token(people["invited"])
    learner = people["learner"].id
    things["document"] = a_document(learner, f"Een bewijs {mark}".encode())
    things["dropped_document"] = drop_document(a_document(learner, f"Een vergissing {mark}".encode()), by=OPERATOR)
    message = Message.objects.filter(person=learner).first()
    assert message is not None
    message.state, message.attempts = Message.State.FAILED, 8
    message.save()
    things["message"] = message
    things["membership"] = Membership.objects.get(person=people["colleague"], ended_at=None)
