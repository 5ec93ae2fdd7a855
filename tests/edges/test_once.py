"""A form that is sent twice has one effect: a double click, the Back button, a retry after an answer that got lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from leerhuis.audit.models import Submission
from leerhuis.base import clock
from leerhuis.base.jobs import declared_sweeps
from leerhuis.base.once import FIELD
from tests.floors.access.asking import address, ask, filled_in, forms_of, routes
from tests.floors.access.filling import FORMS, NO_EFFECT, Things
from tests.floors.access.matrix import rows
from tests.floors.access.world import World, row_hashes, touched, undone

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = rows()
ANSWERED_WITH_A_FILE = {"privacy_download_html", "privacy_download_json"}
STREAMED = {"privacy_download_parcel", "privacy_request_data"}  # a file, too, that is not held in memory
ENDS_ITS_OWN_SIGN_IN = {"privacy_erase_mine"}  # whoever sends it is out at once, and nobody is left to send it again
LOOKING = {"look"}
WHO = {"people_accept_invitation": "visitor"}  # it signs somebody in, and so ends the sign-in that the table uses
PIECES = {"results_office_mark", "results_trainer_mark"}  # htmx puts the answer in the page, see below
# What a program brings is known by ids of its own, and it needs its answer again: src/leerhuis/practice/tests.
CALLED = {
    "practice_api_answers",
    "practice_api_bookmark",
    "practice_api_decline",
    "practice_api_faults",
    "practice_api_goal",
    "practice_api_trouble",
}
EFFECTIVE = sorted(
    set(FORMS) - CALLED - set(NO_EFFECT) - ANSWERED_WITH_A_FILE - STREAMED - PIECES - ENDS_ITS_OWN_SIGN_IN
)


class Sent:
    """One form of one route, ready to be sent by somebody who may."""

    def __init__(self, world: World, route: str) -> None:
        self.world, self.row = world, TABLE[route]
        self.at = address(world, route, routes()[route])
        page = self.open() if "GET" in self.row.methods else None
        self.form: Things = {FIELD: str(uuid4())} | filled_in(world, route, self.at, page)

    def open(self) -> HttpResponse:
        return ask(self.browser(), "GET", self.at)

    def browser(self) -> Client:
        return self.world.browser(WHO.get(self.row.route, self.row.who_may))

    def send(self, **changed: str) -> HttpResponse:
        for file in self.form.values():
            if hasattr(file, "seek"):
                file.seek(0)
        return ask(self.browser(), "POST", self.at, self.form | changed)

    def rows(self) -> dict[str, str]:
        return row_hashes(self.world.academy)


@pytest.mark.parametrize("route", EFFECTIVE)
def test_each_form_of_each_package_sent_twice_has_one_effect(route: str, here: World) -> None:
    sent = Sent(here, route)
    with undone():
        before = sent.rows()
        first = sent.send()
        after = sent.rows()
        if touched(before, after) - LOOKING == set():  # shown again, or a preview: nothing is kept of that
            assert first.status_code == 200
            assert not Submission.objects.exists()
            return

        again = sent.send()
        other = sent.send(something="else")

        assert (again.status_code, again.headers.get("Location")) == (first.status_code, first.headers.get("Location"))
        assert again["Idempotency-Replayed"] == "true"
        assert (other.status_code, "Nothing was changed" in other.content.decode() or "niets gewijzigd" in
                other.content.decode()) == (422, True)  # fmt: skip
        assert touched(after, sent.rows()) == set()
        assert Submission.objects.count() == 1


@pytest.mark.parametrize("route", sorted(route for route, row in TABLE.items() if "GET" in row.methods))
def test_every_form_on_every_page_carries_a_key_of_its_own(route: str, here: World) -> None:
    row = TABLE[route]
    page = ask(here.browser(row.who_may), "GET", address(here, route, routes()[route]))
    forms = [fields for _, fields in forms_of(page)] if "html" in page.get("Content-Type", "") else []

    keys = [fields.get(FIELD) for fields in forms]
    assert None not in keys
    assert len(set(keys)) == len(keys)


def test_what_was_refused_or_asked_again_may_be_sent_again(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    refused = sent.send(name="")
    assert refused.status_code == 200
    assert sent.send().status_code == 302


def test_another_person_has_keys_of_their_own(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    sent.send()
    elsewhere = ask(here.browser("admin"), "POST", sent.at, sent.form | {"name": "Een ander bureau"})
    assert (elsewhere.status_code, elsewhere.headers.get("Idempotency-Replayed")) == (302, None)


def test_a_call_gives_its_key_in_a_header(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    form = {name: value for name, value in sent.form.items() if name != FIELD}
    key = {"Idempotency-Key": str(uuid4())}
    first, again = (sent.browser().post(sent.at, form, headers=key) for _ in range(2))
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert Submission.objects.get().status == 302


def test_a_piece_of_a_page_sent_again_has_the_page_loaded_again(here: World) -> None:
    sent = Sent(here, "results_trainer_mark")
    hx = {"HX-Request": "true"}
    first, again = (sent.browser().post(sent.at, sent.form, headers=hx) for _ in range(2))
    assert (first.status_code, again.status_code, again.headers.get("HX-Refresh")) == (200, 200, "true")


@pytest.mark.parametrize("key", ["short", "a" * 101, "with space in the middle", "x' OR 1=1 -- -----------"])
def test_a_key_that_is_none_is_refused(here: World, key: str) -> None:
    sent = Sent(here, "organisations_office_add")
    before = sent.rows()
    assert sent.send(**{FIELD: key}).status_code == 400
    assert touched(before, sent.rows()) == set()


def test_the_gate_answers_anew_each_time(here: World) -> None:
    """Sent to the second factor first: the same form works after it."""
    sent = Sent(here, "organisations_office_add")
    first = ask(here.browser("clerk1"), "POST", sent.at, sent.form)
    assert first["Location"].startswith("/accounts/")
    assert sent.send()["Location"] != first["Location"]


def test_answers_are_forgotten_after_a_day(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    sent.send()
    later = Sent(here, "organisations_office_add")
    Submission.objects.update(created_at=clock.now() - timedelta(hours=25))
    later.send(name="Nog een bureau")

    declared_sweeps()["audit.drop_old_submissions"].work()

    assert list(Submission.objects.values_list("key", flat=True)) == [later.form[FIELD]]


def test_nothing_of_what_was_sent_is_kept(here: World) -> None:
    sent = Sent(here, "organisations_office_add")
    sent.send(name="Geheime naam")
    kept = Submission.objects.get()
    assert "Geheime" not in str(
        {name: getattr(kept, name) for name in ("path", "location", "key", "content", "sender")}
    )


@pytest.mark.parametrize("route", sorted(STREAMED))
def test_a_streamed_file_is_given_again(here: World, route: str) -> None:
    sent = Sent(here, route)
    for answer in (sent.send(), sent.send()):
        assert answer.status_code == 200
        assert len(answer.content) > 1000


@pytest.mark.parametrize("route", sorted(ANSWERED_WITH_A_FILE))
def test_a_file_is_given_again(here: World, route: str) -> None:
    sent = Sent(here, route)
    first, again = sent.send(), sent.send()
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(again.content) > 1000
