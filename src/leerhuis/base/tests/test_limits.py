"""Tries are counted per account and per network, whatever becomes of the request, and the table betrays nobody."""

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from leerhuis.base import limits


def ask(address="192.0.2.7", method="post", **headers):
    return getattr(RequestFactory(), method)("/door/", REMOTE_ADDR=address, **headers)


def wrong(account="", request=None, door="door", most=10):
    with limits.guess(request or ask(), door, account=account, most=most):
        pass


def rows():
    with connections["limits"].cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM tally")
        return cursor.fetchall()


def later(seconds):
    """Let time go by for every count."""
    with connections["limits"].cursor() as cursor:
        cursor.execute("UPDATE tally SET expires = expires - make_interval(secs => %s)", [seconds])
        cursor.execute(
            "UPDATE tally SET value = (SELECT array_agg(m - %s) FROM unnest(value::bigint[]) m)::text"
            " WHERE value LIKE '{%%'",
            [seconds],
        )


def wait_of(account, address="198.51.100.1"):
    with pytest.raises(limits.Limited) as refused:
        wrong(account, ask(address))
    return refused.value.seconds


def test_the_eleventh_wrong_try_at_an_account_waits_a_quarter_of_an_hour(academy):
    for number in range(10):
        wrong("A@b.example", ask(f"192.0.{number}.1"))
    assert 898 <= wait_of("a@b.example") <= 901
    wrong("other@b.example")


def test_the_wait_doubles_and_ends_at_a_day(academy):
    waits = []
    for _ in range(9):
        for number in range(10):
            wrong("a@b.example", ask(f"192.0.{number}.1"))
        waits.append(wait_of("a@b.example"))
        assert wait_of("a@b.example") <= waits[-1]  # knocking does not lengthen it
        later(waits[-1])
    assert [round(seconds / 900) for seconds in waits] == [1, 2, 4, 8, 16, 32, 64, 96, 96]


def test_slow_guessing_without_a_rest_is_counted_on(academy):
    for number in range(10):
        wrong("a@b.example", ask(f"192.0.{number}.1"))
        later(14 * 60)
    assert wait_of("a@b.example")


def test_a_rest_of_a_quarter_of_an_hour_starts_anew(academy):
    for number in range(9):
        wrong("a@b.example", ask(f"192.0.{number}.1"))
    later(901)
    for number in range(10):
        wrong("a@b.example", ask(f"192.0.{number}.1"))
    assert wait_of("a@b.example")


def test_a_right_try_ends_the_count_of_the_account_and_takes_itself_off_the_network(academy):
    for _ in range(9):
        wrong("a@b.example")
    for _ in range(200):
        with limits.guess(ask("198.51.100.1"), "door", account="a@b.example") as this:
            this.was_right()
    for _ in range(10):
        wrong("a@b.example")
    assert wait_of("a@b.example")


def test_the_owner_who_came_in_by_mail_is_forgiven(academy):
    for number in range(10):
        wrong("a@b.example", ask(f"192.0.{number}.1"))
    wait_of("a@b.example")
    limits.forgive("door", "A@b.example")
    wrong("a@b.example", ask("203.0.113.1"))


@pytest.mark.parametrize(
    ("addresses", "other"),
    [
        ([f"192.0.2.{n}" for n in range(100)], "192.0.3.1"),
        ([f"2001:db8:0:1::{n:x}" for n in range(100)], "2001:db8:0:2::1"),
        ([f"::ffff:192.0.2.{n}" for n in range(100)], "::ffff:192.0.3.1"),
    ],
)
def test_a_network_tries_a_hundred_times_an_hour(academy, addresses, other):
    for place, address in enumerate(addresses):
        wrong(f"{place}@b.example", ask(address))
    for _ in range(5):
        with pytest.raises(limits.Limited) as refused:
            wrong("one@b.example", ask(addresses[0]))
        assert 3590 <= refused.value.seconds <= 3601
    wrong("one@b.example", ask(other))
    later(3601)
    wrong("one@b.example", ask(addresses[0]))


def test_doors_and_academies_count_apart(academy):
    for _ in range(100):
        wrong()
    wrong(door="another")
    with pytest.raises(limits.Limited):
        wrong()


def test_counts_of_one_academy_are_not_those_of_another(academy):
    here = limits.keyed("x")
    from leerhuis.base.edge import at_shared_tables

    with at_shared_tables():
        assert limits.keyed("x") != here


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, header, seen):
    settings.TRUSTED_PROXIES = proxies
    assert limits.client_address(ask(HTTP_X_FORWARDED_FOR=header)) == seen


@pytest.mark.parametrize("name", ["HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CF_CONNECTING_IP", "HTTP_CLIENT_IP"])
def test_no_other_header_names_the_client(settings, name):
    settings.TRUSTED_PROXIES = 1
    assert limits.client_address(ask(**{name: "203.0.113.9"})) == "192.0.2.7"


def test_the_table_holds_no_address(academy):
    wrong("someone@people.example", ask("203.0.113.77"))
    cache.set("allauth:rl:someone@people.example:203.0.113.77", [1.0], 60)
    limits.take_once("someone@people.example", 60)
    said = repr([(key, value) for key, value, _ in rows()])
    assert len(rows()) == 4
    assert "someone" not in said
    assert "203.0.113" not in said


def test_a_count_stays_when_the_request_is_taken_back(academy):
    with transaction.atomic():
        wrong("a@b.example")
        transaction.set_rollback(True)
    assert len(rows()) == 2


def test_a_name_is_taken_once(academy):
    assert limits.take_once("code 1", 60)
    assert not limits.take_once("code 1", 60)
    later(61)
    assert limits.take_once("code 1", 60)


def test_what_ran_out_is_swept(academy):
    wrong("a@b.example")
    assert limits.sweep_expired() == 0
    later(3601)
    assert limits.sweep_expired() == 2


def test_a_view_with_a_secret_link_counts_only_wrong_links(academy):
    @limits.limited("link", reads=True)
    def view(request, token):
        if token == "wrong":
            raise Http404
        return HttpResponse(status=410 if token == "old" else 200)

    for _ in range(150):
        view(ask(method="get"), "right")
    for _ in range(50):
        view(ask(method="get"), "old")
        with pytest.raises(Http404):
            view(ask(method="get"), "wrong")
    with pytest.raises(limits.Limited):
        view(ask(method="get"), "right")


def test_a_view_that_acts_counts_what_is_sent_not_what_is_read(academy):
    @limits.limited("form")
    def view(request):
        return HttpResponse()

    for _ in range(150):
        view(ask(method="get"))
    for _ in range(100):
        view(ask())
    with pytest.raises(limits.Limited):
        view(ask())
