"""The outlet: what nobody declared does not leave, what is declared leaves and is counted, once."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from leerhuis.academies.settings import Sharing
from leerhuis.audit import outlet
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Flow, Given
from leerhuis.audit.outlet import Going
from leerhuis.audit.rules import ConsentMissing, NotDeclared, NotRegistered, Unprotected, needs_consent
from leerhuis.base import clock
from leerhuis.charter import register
from leerhuis.charter.declarations import CONSENT_GIVEN, CONTRACT, INTEREST, LAW, Recipient
from leerhuis.charter.words import BIRTH, IDENTITY, PARTICIPATION
from leerhuis.privacy.models import Firm

EMPLOYER, COURSE = "enrolment.employer", "enrolment.course"
ASK_FIRST, AS_NEEDED = Sharing(ask_consent_first=True), Sharing(ask_consent_first=False)


@pytest.fixture
def declare():
    """Declare recipients for one test."""
    before = register.everything()

    def add(key, basis, **more):
        register._declared.append(
            register.Declared(
                "sample",
                Recipient(
                    key,
                    nl="een ander",
                    en="another",
                    words=(IDENTITY,),
                    basis=basis,
                    why_nl="omdat",
                    why_en="because",
                    purposes=("course",),
                    **more,
                ),
            )
        )
        return f"sample.{key}"

    yield add
    register._declared[:] = before


def going(to=EMPLOYER, *people, **more):
    return Going(to, COURSE, "sample", more.pop("words", (IDENTITY,)), set(people), rows=len(people), **more)


def counted():
    return list(Flow.objects.values_list("recipient", "purpose", "words", "people", "rows", "actor_role"))


def test_what_is_declared_leaves_and_is_counted_and_the_person_can_be_told(cast):
    by = Actor.person(cast.clerk.id, "clerk")
    words = (IDENTITY, PARTICIPATION)
    sent = outlet.send(
        going(EMPLOYER, cast.learner.id, cast.colleague.id, words=words, receiver=cast.organisation.id),
        lambda: "sent",
        by=by,
    )

    assert sent == "sent"
    assert counted() == [(EMPLOYER, COURSE, "identity participation", 2, 2, "clerk")]
    given = Given.objects.values_list("person", "recipient", "receiver", "words", "day")
    assert set(given) == {
        (person.id, EMPLOYER, cast.organisation.id, "identity participation", clock.today())
        for person in (cast.learner, cast.colleague)
    }


def test_to_whom_data_went_is_remembered_once_a_day(cast):
    for _time in range(3):
        outlet.send(going(EMPLOYER, cast.learner.id), lambda: None, by=Actor.job("sample"))
    with clock.at(clock.now() + timedelta(days=1)):
        outlet.send(going(EMPLOYER, cast.learner.id), lambda: None, by=Actor.job("sample"))

    assert Given.objects.filter(person=cast.learner.id).count() == 2
    assert Flow.objects.count() == 4


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"to": "enrolment.nobody"}, NotDeclared),
        ({"to": "portal.statistics_firm"}, NotDeclared),
        ({"words": (BIRTH,)}, NotDeclared),
        ({"words": (IDENTITY, BIRTH)}, NotDeclared),
        ({"transport": None}, Unprotected),
    ],
)
def test_what_was_not_declared_is_never_made_and_leaves_no_row(cast, what, refusal):
    made = []
    with pytest.raises(refusal):
        outlet.send(going(what.pop("to", EMPLOYER), cast.learner.id, **what), lambda: made.append(1), by=Actor.job("x"))

    assert (made, Flow.objects.count(), Given.objects.count()) == ([], 0, 0)


def test_a_purpose_that_nobody_declared_lets_nothing_out(cast):
    with pytest.raises(NotDeclared):
        outlet.send(Going(outlet.STAFF, "enrolment.curiosity", "sample"), lambda: None, by=Actor.job("x"))
    assert not Flow.objects.exists()


def test_a_supplier_that_is_in_no_register_gets_nothing(cast):
    provider = Going("mail.mail_provider", "mail.service_mail", "mail x", transport=outlet.TLS)
    outlet.send(provider, lambda: None, by=Actor.job("x"))
    Firm.objects.filter(role="mail").update(ended_at=clock.now())

    with pytest.raises(NotRegistered):
        outlet.send(provider, lambda: None, by=Actor.job("x"))
    assert Flow.objects.count() == 1


def test_what_stays_on_this_machine_needs_no_supplier(cast):
    Firm.objects.all().delete()
    here = Going("mail.mail_provider", "mail.service_mail", "mail x", transport=outlet.MACHINE)
    outlet.send(here, lambda: None, by=Actor.job("x"))

    assert Flow.objects.get().transport == "machine"
    assert not Given.objects.exists()


@pytest.mark.parametrize(
    ("recipient", "asked"),
    [
        ((LAW, False), (False, False)),
        ((CONTRACT, False), (False, True)),
        ((CONTRACT, True), (False, False)),
        ((INTEREST, False), (True, True)),
        ((CONSENT_GIVEN, False), (True, True)),
    ],
    ids=["law", "agreement", "told beforehand", "interest", "consent"],
)
def test_consent_is_asked_by_ground_and_by_the_stricter_rule(cast, choose, declare, recipient, asked):
    to = declare("other", recipient[0], knowingly=recipient[1])
    for sharing, needed in zip((AS_NEEDED, ASK_FIRST), asked, strict=True):
        choose(sharing=sharing)
        Flow.objects.all().delete()
        if needed:
            with pytest.raises(ConsentMissing):
                outlet.send(going(to, cast.learner.id), lambda: None, by=Actor.job("x"))
            assert not Flow.objects.exists()
        outlet.send(
            going(to, cast.learner.id, consented=frozenset({cast.learner.id}) if needed else frozenset()),
            lambda: None,
            by=Actor.job("x"),
        )
        assert Flow.objects.count() == 1


def test_one_who_did_not_consent_keeps_the_whole_payload_in(cast, declare):
    to = declare("other", INTEREST)
    both = going(to, cast.learner.id, cast.colleague.id, consented=frozenset({cast.learner.id}))

    with pytest.raises(ConsentMissing):
        outlet.send(both, lambda: None, by=Actor.job("x"))
    assert not Given.objects.exists()


def test_who_turns_up_while_the_payload_is_made_must_have_consented_too(cast, declare):
    late = going(declare("other", INTEREST), consented=frozenset())

    with pytest.raises(ConsentMissing):
        outlet.send(late, lambda: late.add([cast.learner.id]), by=Actor.job("x"))
    assert not Flow.objects.exists()


def test_the_rule_of_consent_reads_as_the_statement_says_it():
    said = Recipient("x", nl="x", en="x", words=(), basis=CONTRACT, why_nl="x", why_en="x", purposes=())

    assert needs_consent(said, ask_first=True)
    assert not needs_consent(said, ask_first=False)


def test_a_double_click_counts_once_and_a_second_wish_counts_again(cast):
    requests = RequestFactory()
    mark, other = (outlet.mark_of(requests.get(f"/list/?export={kind}")) for kind in ("csv", "xlsx"))
    clerk, planner = (Actor.person(each.id, "clerk") for each in (cast.clerk, cast.planner))

    def take(by, mark):
        outlet.send(Going(outlet.STAFF, COURSE, "list", rows=3, mark=mark), lambda: None, by=by)

    take(clerk, mark)
    take(clerk, mark)
    assert Flow.objects.count() == 1
    take(clerk, other)
    take(planner, mark)
    assert Flow.objects.count() == 3
    with clock.at(clock.now() + outlet.TWICE + timedelta(seconds=1)):
        take(clerk, mark)
    assert Flow.objects.count() == 4


def test_the_mark_of_a_request_holds_nothing_that_can_be_read():
    mark = outlet.mark_of(RequestFactory().get("/people/?q=Lena"))

    assert len(mark) == 64
    assert "Lena" not in mark
