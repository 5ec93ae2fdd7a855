"""An organisation that keeps its own people: who may, what is asked of whom, and what a contact learns (nothing)."""

import re
from datetime import date

import pytest
from django.test import Client

from leerhuis.academies.settings import Features
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.mail.models import Message
from leerhuis.organisations import actions, joining
from leerhuis.organisations.models import Invitation, Membership
from leerhuis.organisations.rules import InvitationEnded, LastContact, NotSelfService
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of
from leerhuis.people.tests.at_the_door import plain

BY = Actor.operator()
NEW = {"first_name": "Nina", "last_name": "Nieuw", "email": "Nina@Werk.example", "kind": "employee"}


@pytest.fixture
def allowed(choose, cast):
    """Both switches on: the academy's and the organisation's."""
    choose(features=Features(self_service_organisations=True))
    actions.let_keep_own_people(cast.organisation, allowed=True, by=BY)
    return cast


def ask(as_, cast, **typed):
    path = f"/employer/people/{cast.organisation.id}/invite/"
    return as_(cast.contact).post(path, {**NEW, **typed})


def link_of(address):
    mail = Message.objects.filter(to_address=address, kind="organisations.membership_invitation").latest("created_at")
    return re.search(r"https?://[^/]+(/join/\S+?/)\s", mail.body)[1]


def browser(academy):
    return Client(headers={"host": academy.main_host})


def standing():
    return Invitation.objects.count(), Message.objects.count(), Note.objects.filter(verb="invite member").count()


@pytest.mark.parametrize(("of_academy", "of_organisation"), [(False, False), (False, True), (True, False)])
def test_both_switches_are_needed(choose, cast, of_academy, of_organisation):
    choose(features=Features(self_service_organisations=of_academy))
    actions.let_keep_own_people(cast.organisation, allowed=of_organisation, by=BY)
    before = standing()
    with pytest.raises(NotSelfService), attempt():
        joining.invite_member(cast.organisation, **NEW, by=BY)
    assert standing() == before


def test_somebody_new_opens_an_account_and_belongs_to_it(as_, academy, allowed):
    assert ask(as_, allowed).status_code == 302
    assert not Membership.objects.filter(person__email="nina@werk.example").exists()
    link, visitor = link_of("nina@werk.example"), browser(academy)
    assert allowed.organisation.name in visitor.get(link).content.decode()
    assert visitor.post(link, {"password": "kort"}).status_code == 200
    assert visitor.post(link, {"password": "een lange zin 27"}).status_code == 302
    assert visitor.get("/me/details/").status_code == 200
    assert Membership.objects.get(person__email="nina@werk.example").kind == "employee"
    assert browser(academy).get(link).status_code == 410


def test_somebody_we_knew_joins_without_a_second_account_and_keeps_their_name(as_, academy, allowed):
    allowed.stranger.set_password("een lange zin 27")
    allowed.stranger.save()
    ask(as_, allowed, email=allowed.stranger.email.upper(), first_name="Verkeerd", last_name="Geraden")
    page = as_(allowed.contact).get("/employer/people/").content.decode()
    assert "Verkeerd Geraden" in page
    assert "Sam Stranger" not in page
    assert browser(academy).post(link_of(allowed.stranger.email), {}).status_code == 302
    assert "Sam Stranger" in as_(allowed.contact).get("/employer/people/").content.decode()


def test_a_contact_cannot_tell_a_known_address_from_a_new_one(as_, allowed):
    said = []
    for address in ("nobody@werk.example", allowed.stranger.email):
        answer = ask(as_, allowed, email=address)
        client = as_(allowed.contact)
        page = client.get("/employer/people/").content.decode().replace(address, "ADDRESS")
        page = re.sub(r"<[^>]*>", "", page[page.index("<main") : page.index("</main>")])
        said.append((answer.status_code, answer.headers["Location"], page))
        Invitation.objects.all().delete()
    assert said[0] == said[1]
    assert Message.objects.values_list("kind", flat=True).distinct().count() == 1


def test_a_second_contact_gets_the_role_only_with_a_yes(as_, academy, allowed):
    ask(as_, allowed, kind="contact")
    nina = Person.objects.get(email="nina@werk.example")
    assert roles_of(nina.id) == frozenset()
    visitor = browser(academy)
    visitor.post(link_of("nina@werk.example"), {"password": "een lange zin 27"})
    assert roles_of(nina.id) == {"contact"}
    assert visitor.get("/employer/people/").headers["Location"].startswith("/accounts/2fa/choose/")


def test_a_no_changes_nothing_and_ends_the_link(as_, academy, allowed):
    ask(as_, allowed)
    link = link_of("nina@werk.example")
    assert browser(academy).post(link, {"decline": "1"}).status_code == 200
    assert not Membership.objects.filter(person__email="nina@werk.example").exists()
    assert browser(academy).get(link).status_code == 410


def test_an_invitation_is_sent_again_and_withdrawn(as_, academy, allowed):
    ask(as_, allowed)
    one, contact = Invitation.objects.get(), as_(allowed.contact)
    contact.post(f"/employer/people/invitations/{one.id}/again/")
    assert Message.objects.filter(to_address="nina@werk.example").count() == 2
    contact.post(f"/employer/people/invitations/{one.id}/withdraw/")
    assert browser(academy).get(link_of("nina@werk.example")).status_code == 410
    assert contact.post(f"/employer/people/invitations/{one.id}/again/").status_code == 404


def test_the_same_address_is_not_flooded(as_, allowed):
    answers = [ask(as_, allowed).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert Invitation.objects.count() == 1


def test_a_contact_ends_an_employee_who_is_told(as_, allowed):
    theirs = Membership.objects.get(person=allowed.learner, organisation=allowed.organisation)
    assert as_(allowed.contact).post(f"/employer/people/members/{theirs.id}/end/").status_code == 302
    theirs.refresh_from_db()
    assert theirs.ended_at is not None
    assert Message.objects.get(to_address=allowed.learner.email).kind == "organisations.membership_ended"


def test_nobody_ends_themselves(allowed):
    own = Membership.objects.get(person=allowed.contact, kind="contact")
    with pytest.raises(LastContact):
        joining.end_member(own, by=Actor.person(allowed.contact.id, "contact"))


def test_another_organisation_is_not_there(as_, allowed):
    other = actions.add_organisation(name="Tweede", by=BY)
    actions.let_keep_own_people(other, allowed=True, by=BY)
    theirs = actions.add_employee(other, allowed.stranger, by=BY)
    asked = joining.invite_member(other, **NEW, by=BY)
    contact = as_(allowed.contact)
    assert contact.post(f"/employer/people/{other.id}/invite/", NEW).status_code == 404
    assert contact.post(f"/employer/people/members/{theirs.id}/end/").status_code == 404
    for what in ("again", "withdraw"):
        assert contact.post(f"/employer/people/invitations/{asked.id}/{what}/").status_code == 404
    page = contact.get("/employer/people/").content.decode()
    assert "Sam Stranger" not in page
    assert "Nina" not in page


@pytest.mark.parametrize("who", ["stranger", "learner", "trainer", "bookkeeper", "clerk"])
def test_the_page_is_for_contacts(as_, cast, who):
    assert as_(cast.everyone[who]).get("/employer/people/").status_code == 403


def test_a_forged_link_is_refused_and_counted(academy, allowed):
    with pytest.raises(InvitationEnded):
        joining.invitation_of_key("forged")
    answers = [browser(academy).get("/join/forged/").status_code for _ in range(101)]
    assert answers == [410] * 100 + [429]


def test_an_invitation_that_is_over_looks_like_a_forged_one(as_, academy, allowed):
    ask(as_, allowed)
    link = link_of("nina@werk.example")
    Invitation.objects.all().delete()
    said = [(path, browser(academy).get(path)) for path in (link, link[:-5] + "aaaa/", "/join/x/")]
    assert [one.status_code for _path, one in said] == [410] * 3
    assert len({plain(one, path) for path, one in said}) == 1


def test_the_office_switches_it_on_where_the_academy_allows_it(as_, allowed):
    actions.let_keep_own_people(allowed.organisation, allowed=False, by=BY)
    path = f"/office/organisations/{allowed.organisation.id}/edit/"
    assert "self_service" in as_(allowed.clerk).get(path).content.decode()
    as_(allowed.clerk).post(path, {"name": allowed.organisation.name, "city": "Zwolle", "self_service": "on"})
    allowed.organisation.refresh_from_db()
    assert allowed.organisation.self_service


def test_the_office_is_not_asked_where_the_academy_does_not(as_, choose, cast):
    choose(features=Features(self_service_organisations=False))
    path = f"/office/organisations/{cast.organisation.id}/edit/"
    assert "self_service" not in as_(cast.clerk).get(path).content.decode()


def test_under_notice_a_contact_sees_the_day_and_invites_nobody(as_, allowed):
    door = f"/employer/people/{allowed.organisation.id}/invite/"
    page = as_(allowed.contact).get("/employer/people/").content.decode()
    assert door in page
    assert "verwijderen wij deze organisatie" not in page

    actions.give_notice(allowed.organisation, date(2030, 3, 1), by=BY)
    page = as_(allowed.contact).get("/employer/people/").content.decode()
    assert "Op 1 maart 2030 verwijderen wij deze organisatie" in page
    assert door not in page
