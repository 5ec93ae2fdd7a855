"""The components write what a reader, and a screen reader, needs."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from leerhuis.ui.tones import MESSAGE_TONES, SIGNS, Tone


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def show(text: str, **values: object) -> str:
    return Template("{% load ui %}" + text).render(Context(values))


@pytest.mark.parametrize("tone", Tone)
def test_a_status_is_a_word_and_a_sign(tone):
    shown = show("{% status word tone %}", word="Bevestigd", tone=tone)
    assert f"tone-{tone}" in shown
    assert f"#{SIGNS[tone]}" in shown
    assert "Bevestigd" in shown


def test_no_two_tones_share_a_sign():
    assert len(set(SIGNS.values())) == len(Tone)


def test_a_tone_outside_the_list_is_refused():
    with pytest.raises(ValueError, match="pink"):
        show('{% status "Vol" "pink" %}')


def test_a_word_from_outside_stays_a_word():
    shown = show("{% status word %}", word="<b>Vol</b>")
    assert "&lt;b&gt;Vol&lt;/b&gt;" in shown


def test_an_icon_is_silent_unless_it_has_words():
    assert 'aria-hidden="true"' in show('{% icon "sun" %}')
    spoken = show('{% icon "sun" label="Today" %}')
    assert 'role="img" aria-label="Today"' in spoken
    assert "aria-hidden" not in spoken


def test_every_message_of_django_has_a_tone():
    assert set(MESSAGE_TONES) == set(constants.DEFAULT_TAGS.values())
    assert show("{{ 'error'|message_tone }} {{ 'success'|message_tone }}") == "bad good"


def test_a_page_header_has_one_heading_and_leaves_out_what_is_not_given():
    shown = show('{% page_header title="Runs" %}{% endpage_header %}')
    assert shown.count("<h1>Runs</h1>") == 1
    assert "page-head-acts" not in shown
    assert "page-head-sub" not in shown
    assert "crumbs" not in shown


def test_a_page_header_shows_acts_and_where_the_page_stands():
    shown = show(
        '{% page_header title="Run" crumbs=crumbs %}<a class="btn" href="/x">Plan</a>{% endpage_header %}',
        crumbs=[("Courses", "/courses/"), ("Run", "")],
    )
    assert '<a href="/courses/">Courses</a>' in shown
    assert '<span aria-current="page">Run</span>' in shown
    assert '<a class="btn" href="/x">Plan</a>' in shown


def test_a_header_escapes_what_people_wrote():
    assert "<script>" not in show("{% page_header title=t %}{% endpage_header %}", t="<script>x</script>")


def test_a_block_keeps_its_content():
    assert "<p>Inside</p>" in show('{% card title="Who sees what" main=True %}<p>Inside</p>{% endcard %}')
    assert '<h3 class="card-title">' in show('{% card title="A" level=3 %}{% endcard %}')
    assert "<p>Inside</p>" in show('{% notice tone="care" %}<p>Inside</p>{% endnotice %}')
    assert "<p>Inside</p>" in show("{% why %}<p>Inside</p>{% endwhy %}")


def test_an_empty_state_says_what_to_do_next():
    shown = show('{% empty_state title="Nothing" text="Add one." %}<a href="/add">Add</a>{% endempty_state %}')
    assert [part in shown for part in ("<h2>Nothing</h2>", "<p>Add one.</p>", '<a href="/add">Add</a>')] == [True] * 3


def test_a_data_list_shows_a_dash_where_nothing_is_known():
    shown = "".join(show("{% data_list pairs %}", pairs={"Price": "", "Where": "Utrecht", "Seats": 0}).split())
    assert "<dt>Price</dt><dd>–</dd>" in shown
    assert "<dt>Where</dt><dd>Utrecht</dd>" in shown
    assert "<dt>Seats</dt><dd>0</dd>" in shown


@pytest.mark.parametrize(("given", "shown_as"), [(78.4, 78), (0, 0), (130, 100), (-3, 0), (None, 0)])
def test_a_ring_says_its_figure_in_words(given, shown_as):
    shown = show('{% progress_ring percent "Mastery" %}', percent=given)
    assert f'aria-label="Mastery: {shown_as}%"' in shown
    assert (f'stroke-dasharray="{shown_as} 100"' in shown) is (shown_as > 0)


def test_pages_of_a_list_keep_the_filters():
    request = RequestFactory().get("/people/?q=vries&page=2")
    shown = show("{% pagination page %}", page=Paginator(range(100), 10).page(2), request=request)
    assert re.search(r'href="\?q=vries&amp;page=3"\s+rel="next"', shown)
    assert '<span aria-current="page">2</span>' in shown
    assert "11–20 of 100" in shown


def test_one_page_needs_no_pager():
    assert show("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_undo_is_a_form_with_a_key():
    shown = show('{% undo_bar "Cancelled." "/undo/7/" %}', csrf_token="k3y")
    assert '<form class="undo-bar" action="/undo/7/" method="post">' in shown
    assert 'name="csrfmiddlewaretoken" value="k3y"' in shown


def test_filters_say_nothing_about_nothing():
    absent = "{{ x|day }}{{ x|day_time }}{{ x|day_short }}{{ x|day_long }}{{ x|clock_time }}{{ x|euro }}{{ x|number }}"
    assert show(absent + "{{ x|person_name }}{{ x|initials }}", x=None) == ""
    assert show("{{ x|euro }}", x="no amount") == ""


def test_filters_write_dates_and_money():
    values = {"d": date(2027, 1, 14), "t": datetime(2027, 1, 14, 8, 30, tzinfo=UTC), "a": Decimal(1250)}
    with translation.override("nl"):
        written = show("{{ d|day_time }} | {{ t|day_time }} | {{ a|euro }} | {% hours t t %}", **values)
    assert written == "do 14 januari 2027 | do 14 januari 2027, 9.30\xa0uur | €\xa01.250,00 | 9.30–9.30\xa0uur"


def test_a_long_key_is_written_in_groups_of_four():
    assert show("{{ 'ABCDEFGHIJ'|grouped }}") == "ABCD EFGH IJ"
