"""What people asked of the privacy officer and complained about, what was filed, restricted, held and erased."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.conditions.actions import publish_conditions
from leerhuis.conditions.queries import conditions_in
from leerhuis.config.demo.content import loader
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.timeline import Timeline
from leerhuis.documents.actions import keep_document
from leerhuis.organisations.actions import change_organisation
from leerhuis.people.actions import find_or_add_person
from leerhuis.people.models import Person
from leerhuis.privacy import actions
from leerhuis.privacy.letters import draft_answer, draft_complaint_answer
from leerhuis.privacy.models import Complaint, Erasure, Request, RetentionRun

ERASED = ("wilma.verstraten@brievenbus.example", "Wilma", "Verstraten")
LEAVING = ("mirjam.klaver@brievenbus.example", "Mirjam", "Klaver")
RESTRICTED = ("theo.ruijs@brievenbus.example", "Theo", "Ruijs")
NOTES = """Afspraken voor de les

- plaats vooraan, dicht bij het scherm
- tekst op papier in grote letters
- een kwartier langer voor de toets
"""


def plan(world: World, now: datetime, timeline: Timeline) -> None:
    """Put on the line what the desk of the privacy officer had to do with."""
    for days_ago, hour, act in (
        (120, 9, _file),
        (75, 13, _ask_access),
        (70, 10, _answer_access),
        (66, 11, _complain),
        (58, 15, _answer_complaint),
        (30, 9, _restrict),
        (25, 14, _erase),
        (12, 16, _hold),
        (9, 10, _ask_by_letter),
        (6, 20, _ask_correction),
        (5, 15, _ask_erasure),
        (4, 12, _complain_again),
        (2, 11, _new_conditions),
    ):
        timeline.add(at(world.today - timedelta(days=days_ago), hour), partial(act, world))


def _learner(world: World) -> Person:
    learner = world.people[loader.sign_ins(world.academy)["learner"].key]
    learner.refresh_from_db()
    return learner


def _add(said: tuple[str, str, str], world: World) -> Person:
    person, _ = find_or_add_person(*said, source="staff", by=world.actor("clerk"))
    return person


def _file(world: World) -> None:
    """File what was arranged with the learner, and a proof that belongs to a course."""
    clerk = world.actor("clerk")
    for purpose, name, reason in (
        ("people.arrangements", "afspraken.txt", "afspraken over plaats en toets, op eigen verzoek"),
        ("enrolment.papers", "bewijs-vooropleiding.txt", "bewijs van vooropleiding, gevraagd bij de inschrijving"),
    ):
        content = BytesIO(NOTES.encode())
        keep_document(_learner(world).id, purpose=purpose, name=name, reason=reason, content=content, by=clerk)


def _ask_access(world: World) -> None:
    learner = _learner(world)
    actions.receive_request(
        kind=Request.Kind.ACCESS,
        channel=Request.Channel.ACCOUNT,
        person=learner,
        asked="Ik wil graag weten wie mijn resultaten heeft gezien.",
        proof=Request.Proof.SIGN_IN,
        by=Actor.person(learner.id),
    )


def _answer_access(world: World) -> None:
    officer, learner = world.actor("privacy_officer"), _learner(world)
    request = Request.objects.get(person=learner.id, kind=Request.Kind.ACCESS)
    actions.take_request(request, by=officer)
    actions.decide_request(request, Request.Decision.GRANTED, by=officer)
    request.refresh_from_db()
    actions.answer_request(request, draft_answer(request, learner), by=officer)


def _complain(world: World) -> None:
    learner = _learner(world)
    actions.receive_complaint(
        name=learner.name,
        address=str(learner.email),
        told="De zaal was zo vol dat ik achterin niets kon verstaan.",
        subject_of=Complaint.About.TRAINING,
        channel=Complaint.Channel.WEBSITE,
        person=learner,
        by=Actor.person(learner.id),
    )


def _answer_complaint(world: World) -> None:
    admin = world.actor("academy_admin")
    complaint = Complaint.objects.get(person=_learner(world).id)
    actions.take_complaint(complaint, by=admin)
    body = draft_complaint_answer(complaint)
    learned = "Zalen tot 80 procent bezetten; een microfoon ligt voortaan klaar."
    actions.answer_complaint(complaint, outcome=Complaint.Outcome.FOUNDED, body=body, learned=learned, by=admin)


def _restrict(world: World) -> None:
    person = _add(RESTRICTED, world)
    actions.restrict_person(
        person,
        reason="Zegt dat het adres van iemand anders is; wordt nagevraagd.",
        by=world.actor("privacy_officer"),
    )


def _erase(world: World) -> None:
    """Erase somebody whose name stands in a remark about another: somebody has to look at that remark."""
    officer = world.actor("privacy_officer")
    employer = next(iter(world.organisations.values()))
    person = _add(ERASED, world)
    employer.refresh_from_db()
    remarks = f"Vragen over facturen gingen tot vorig jaar naar {person.name}."
    change_organisation(employer, remarks=remarks, by=world.actor("clerk"))
    request = actions.receive_request(
        kind=Request.Kind.ERASURE, channel=Request.Channel.PHONE, person=person, by=officer
    )
    actions.prove_identity(request, Request.Proof.CALL_BACK, by=officer)
    actions.erase_on_request(request, by=officer)
    actions.erase_person(Erasure.objects.get(request_id=request.id).id, by=Actor.job("privacy.erase"))


def _hold(world: World) -> None:
    actions.hold(
        reason="De accountant vraagt om de aanwezigheid van dit jaar.",
        until=clock.today() + timedelta(days=90),
        purpose="results.attendance",
        by=world.actor("privacy_officer"),
    )


def _ask_by_letter(world: World) -> None:
    actions.receive_request(
        kind=Request.Kind.ERASURE,
        channel=Request.Channel.LETTER,
        given_name="G. Hoekman",
        given_address="Lindelaan 12, Assen",
        asked="Verwijdert u alles wat u van mij heeft.",
        by=world.actor("privacy_officer"),
    )


def _ask_correction(world: World) -> None:
    learner = _learner(world)
    actions.receive_request(
        kind=Request.Kind.CORRECTION,
        channel=Request.Channel.ACCOUNT,
        person=learner,
        asked="Op mijn certificaat staat mijn oude achternaam.",
        proof=Request.Proof.SIGN_IN,
        by=Actor.person(learner.id),
    )


def _ask_erasure(world: World) -> None:
    officer, person = world.actor("privacy_officer"), _add(LEAVING, world)
    request = actions.receive_request(
        kind=Request.Kind.ERASURE, channel=Request.Channel.PHONE, person=person, by=officer
    )
    actions.prove_identity(request, Request.Proof.CALL_BACK, by=officer)


def _complain_again(world: World) -> None:
    actions.receive_complaint(
        name="Joke Wildeman",
        address="joke.wildeman@brievenbus.example",
        told="Ik kreeg twee keer een herinnering voor een les die al voorbij was.",
        subject_of=Complaint.About.TRAINING,
        channel=Complaint.Channel.PHONE,
        by=world.actor("academy_admin"),
    )


def _new_conditions(world: World) -> None:
    """Announce the conditions as they stand with one sentence more, from next month on."""
    text = conditions_in("nl", current_academy().settings).text.strip()
    publish_conditions(
        since=clock.today() + timedelta(days=30),
        nl=f"{text}\n\nU kunt tot twee dagen voor de eerste les een ander in uw plaats laten komen.\n",
        en="",
        by=world.actor("academy_admin"),
    )


def let_last_night_go(world: World) -> None:
    """Let the last night's work be done: what is past its term, counted and gone."""
    by = Actor.job("privacy.retain")
    with clock.at(at(world.today, 1, 30)):
        run = actions.begin_retention(by=by)
        if run is not None and run.state == RetentionRun.State.RUNNING:
            actions.go_on_letting_go(run.id, by=by)
