"""Notice to an organisation: what may begin meanwhile, who hears what, calling it off, the day itself, the pages."""

from datetime import timedelta

import pytest

from leerhuis.academies.settings import Organisations
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.catalogue.models import Course
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions as enrolment
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.rules import RunsStillToCome
from leerhuis.enrolment.tests.factories import make_course, make_run
from leerhuis.mail.models import CustomerMention, Message
from leerhuis.organisations.actions import add_employee, appoint_contact
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.rules import OrganisationLeaves
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of
from leerhuis.privacy import actions
from leerhuis.privacy.departures import first_day_of_removal
from leerhuis.privacy.models import Removal
from leerhuis.privacy.nights import removals_late
from leerhuis.privacy.rules import CalledOffTooLate, NoticeGiven, NoticeTooShort, ReasonMissing

BY = Actor.operator()
LEAVING = "/office/privacy/organisations-leaving/"
OTHERS = ["learner", "contact", "trainer", "clerk", "planner", "bookkeeper", "stranger"]


def in_days(number: int):
    return clock.today() + timedelta(days=number)


def ask(cast, days=30) -> Removal:
    return actions.ask_removal(
        cast.organisation, reason="Gestopt.", day=in_days(days), by=Actor.person(cast.officer.id)
    )


def order(cast, in_days=10) -> Enrolment:
    course = Course.objects.first() or make_course()
    run = make_run(course, in_days=in_days, code=f"EH-{in_days}")
    said = {"email": str(cast.learner.email), "first_name": "Lena", "last_name": "de Leerling"}
    return enrolment.enrol_by_office(run, **said, organisation=cast.organisation, by=BY)


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"privacy.{kind}"))


# --- notice --------------------------------------------------------------------------------------------------------
def test_contacts_hear_the_day_and_how_to_object(academy, cast):
    removal = ask(cast)

    (mail,) = mails("organisation_leaving")
    assert (mail.person, removal.removes_on) == (cast.contact.id, in_days(30))
    assert cast.organisation.name in mail.body
    assert academy.settings.controller.privacy_email in mail.body
    assert CustomerMention.objects.filter(message=mail, customer=cast.organisation.id).exists()


def test_without_contacts_its_own_address_hears(academy, cast):
    Membership.objects.filter(kind="contact").delete()
    Organisation.objects.filter(pk=cast.organisation.pk).update(email="info@bakker.example")
    ask(cast)

    (mail,) = mails("organisation_leaving")
    assert (mail.to_address, mail.person) == ("info@bakker.example", None)


def test_notice_is_given_once_with_a_reason_and_in_time(academy, cast):
    with pytest.raises(NoticeTooShort), attempt():
        ask(cast, days=29)
    with pytest.raises(ReasonMissing), attempt():
        actions.ask_removal(cast.organisation, reason=" ", day=in_days(30), by=BY)
    assert not Removal.objects.exists()
    assert mails("organisation_leaving") == []
    ask(cast)
    with pytest.raises(NoticeGiven), attempt():
        ask(cast)


def test_the_academy_chooses_how_long_the_notice_is(cast, choose):
    choose(organisations=Organisations(notice_days=60))
    assert first_day_of_removal() == in_days(60)


def test_nothing_new_begins_and_what_runs_goes_on(academy, cast):
    running = order(cast)
    ask(cast)
    cast.organisation.refresh_from_db()

    for begin in (
        lambda: order(cast, in_days=12),
        lambda: add_employee(cast.organisation, cast.stranger, by=BY),
        lambda: appoint_contact(cast.organisation, cast.stranger, by=BY),
        lambda: record_agreement(cast.organisation, attendance=True, reference="contract 12", by=BY),
    ):
        with pytest.raises(OrganisationLeaves), attempt():
            begin()
    running.refresh_from_db()
    assert running.state == Enrolment.State.ENROLLED


def test_while_a_course_that_it_ordered_still_runs_it_cannot_be_removed(academy, cast):
    order(cast, in_days=40)
    with pytest.raises(RunsStillToCome) as refused, attempt():
        ask(cast)
    assert "1" in str(refused.value)
    assert not Removal.objects.exists()
    assert ask(cast, days=41).removes_on == in_days(41)


# --- meanwhile -----------------------------------------------------------------------------------------------------
def test_a_week_before_contacts_are_reminded_once(academy, cast):
    ask(cast)
    assert actions.remind_of_removals(by=BY) == 0
    with clock.at(clock.now() + timedelta(days=23)):
        assert actions.remind_of_removals(by=BY) == 1
        assert actions.remind_of_removals(by=BY) == 0
    assert [each.person for each in mails("organisation_leaving_soon")] == [cast.contact.id]


def test_called_off_everything_may_begin_again_and_contacts_hear(academy, cast):
    removal = ask(cast)
    actions.call_off_removal(removal, by=BY)

    assert [each.person for each in mails("organisation_stays")] == [cast.contact.id]
    assert add_employee(cast.organisation, cast.stranger, by=BY).ended_at is None
    with clock.at(clock.now() + timedelta(days=31)):
        assert actions.go_on_removing(by=BY) == 0
        actions.remove_organisation(removal.id, by=BY)
    assert Organisation.objects.filter(pk=cast.organisation.pk).exists()
    with pytest.raises(CalledOffTooLate), attempt():
        actions.call_off_removal(removal, by=BY)
    assert ask(cast).removes_on == in_days(30)


# --- the day -------------------------------------------------------------------------------------------------------
def test_before_its_day_nothing_goes(academy, cast):
    removal = ask(cast)
    actions.remove_organisation(removal.id, by=BY)
    assert Organisation.objects.filter(pk=cast.organisation.pk).exists()


def test_on_the_day_it_goes_and_everybody_hears_what_stays_theirs(academy, cast):
    removal = ask(cast)
    with clock.at(clock.now() + timedelta(days=30)):
        assert actions.go_on_removing(by=BY) == 1
        actions.carry_out_removal(removal.id, by=BY)
        actions.carry_out_removal(removal.id, by=BY)  # harmless

    assert not Organisation.objects.filter(pk=cast.organisation.pk).exists()
    assert "contact" not in roles_of(cast.contact.id)
    assert Person.objects.get(pk=cast.learner.pk).state == Person.State.ACTIVE
    told = {each.to_address: each for each in mails("organisation_removed")}
    assert set(told) == {str(each.email) for each in (cast.learner, cast.colleague, cast.contact)}
    assert all(each.vanishes and each.person is None for each in told.values())
    assert "blijven van u" in told[str(cast.learner.email)].body
    assert "geen contactpersoon meer" in told[str(cast.contact.email)].body
    (before,) = mails("organisation_leaving")
    assert before.body == ""


def test_a_contact_of_two_keeps_the_role_for_the_other(academy, cast):
    other = Organisation.objects.create(name="Blijft")
    appoint_contact(other, cast.contact, by=BY)
    removal = ask(cast)
    with clock.at(clock.now() + timedelta(days=30)):
        actions.carry_out_removal(removal.id, by=BY)

    assert "contact" in roles_of(cast.contact.id)
    assert list(Membership.objects.filter(person=cast.contact).values_list("organisation", flat=True)) == [other.pk]


def test_what_came_in_the_way_makes_it_late_and_the_doctor_and_the_pages_say_so(academy, cast, as_):
    removal = ask(cast)
    enrolled = order_anyway(cast)
    with clock.at(clock.now() + timedelta(days=31)):
        actions.carry_out_removal(removal.id, by=BY)
        assert Organisation.objects.filter(pk=cast.organisation.pk).exists()
        assert removals_late() == 1
        page = as_(cast.officer).get(LEAVING).content.decode()
        assert "te laat" in page
        assert "1 inschrijving die deze organisatie bestelde loopt op die dag nog" in page
        assert LEAVING in as_(cast.officer).get("/office/privacy/terms/").content.decode()
        Enrolment.objects.filter(pk=enrolled.pk).update(state=Enrolment.State.CANCELLED)
        actions.carry_out_removal(removal.id, by=BY)
        assert removals_late() == 0


def order_anyway(cast) -> Enrolment:
    """Return an enrolment of a run that was put off until after the day of removal."""
    Organisation.objects.filter(pk=cast.organisation.pk).update(leaves_on=None)
    return order(cast, in_days=60)


# --- pages ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", OTHERS)
def test_only_stewards_remove(who, as_, cast):
    removal = ask(cast)
    person = getattr(cast, who)
    assert as_(person).get(LEAVING).status_code == 403
    assert as_(person).get(f"{LEAVING}{cast.organisation.id}/").status_code == 403
    assert as_(person).post(f"{LEAVING}{removal.id}/call-off/").status_code == 403


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_a_steward_finds_it_sees_what_goes_and_gives_notice(who, as_, cast):
    browser = as_(getattr(cast, who))
    assert cast.organisation.name in browser.get(LEAVING, {"q": "bakker"}).content.decode()
    page = browser.get(f"{LEAVING}{cast.organisation.id}/")
    assert "Wie er werkt of contactpersoon is" in page.content.decode()

    early = browser.post(f"{LEAVING}{cast.organisation.id}/", {"reason": "Gestopt.", "day": str(in_days(3))})
    assert not Removal.objects.exists()
    assert "moet op tijd bericht krijgen" in early.content.decode()
    done = browser.post(f"{LEAVING}{cast.organisation.id}/", {"reason": "Gestopt.", "day": str(in_days(30))})
    assert done.headers["Location"] == LEAVING
    shown = browser.get(LEAVING).content.decode()
    assert cast.organisation.name in shown
    removal = Removal.objects.get()
    browser.post(f"{LEAVING}{removal.id}/call-off/")
    removal.refresh_from_db()
    assert removal.called_off


def test_what_is_done_shows_counts_and_no_name(as_, cast):
    removal = ask(cast)
    with clock.at(clock.now() + timedelta(days=30)):
        actions.carry_out_removal(removal.id, by=BY)
    page = as_(cast.officer).get(LEAVING).content.decode()
    assert cast.organisation.name not in page
    assert "verwijderd" in page


def test_the_organisations_page_leads_stewards_there_and_says_when_it_leaves(as_, cast):
    page = f"/office/organisations/{cast.organisation.id}/"
    assert f"{LEAVING}{cast.organisation.id}/" in as_(cast.admin).get(page).content.decode()
    assert LEAVING not in as_(cast.clerk).get(page).content.decode()
    ask(cast)
    assert "wordt verwijderd op" in as_(cast.clerk).get(page).content.decode()
