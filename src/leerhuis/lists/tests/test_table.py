"""The rows of a list, and lists to choose from, as they are written: what people typed stays text."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from leerhuis.lists.listing import Column, Listing
from leerhuis.lists.table import rows
from leerhuis.ui.choosing import FormRenderer
from tests.cast import add_person

BAD = "<script>alert('\"&1')</script>"
SHOWN = "&lt;script&gt;alert(&#x27;&quot;&amp;1&#x27;)&lt;/script&gt;"


class Line:
    id = BAD


def test_no_part_of_a_row_becomes_a_tag():
    shown = Column("b", BAD, lambda _line: BAD, lambda _line: mark_safe("<b>meant</b>"))
    told = Listing("k", "", (Column("a", BAD, lambda _line: BAD), shown), None, lambda _: BAD, "a", lambda _: BAD)
    written = rows(told, told.columns, [Line()], ticks=True)

    assert "<script" not in written
    assert "<b>meant</b>" in written
    assert written.count(SHOWN) == 2 + 2 + 2 + 1 + 2  # box, address and cell, labels, name, address beside the list


def test_the_name_of_somebody_stays_text_in_the_list(as_, cast):
    add_person(BAD, "Bobby", email="bobby@people.example")
    page = as_(cast.clerk).get("/office/people/").content.decode()
    assert "<script>alert" not in page
    assert page.count(SHOWN) == 3  # the name, the box, and how to open it beside the list


def test_a_row_tells_on_a_phone_what_each_cell_is_and_can_be_chosen_and_opened(as_, cast):
    page = as_(cast.clerk).get("/office/people/?q=leerling").content.decode()
    row = re.search(r"<tbody.*?<tr>(.*?)</tr>", page, re.DOTALL)[1]
    address = f"/office/people/{cast.learner.id}/"

    assert re.findall(r'data-label="([^"]+)"', row) == ["Naam", "E-mailadres", "Rollen", "Status"]
    assert f'name="row" value="{cast.learner.id}" aria-label="Kies Lena de Leerling"' in row
    assert f'<td class="cell-name" data-label="Naam"><a href="{address}" data-open>Lena de Leerling</a></td>' in row
    assert f'href="{address}" hx-get="{address}" data-peek aria-label="Open naast de lijst: Lena de Leerling"' in row


class Choosing(forms.Form):
    plain = forms.ChoiceField(choices=[("", "–"), ("a", BAD), (BAD, "b")], initial="a")
    grouped = forms.ChoiceField(choices=[("x", "X"), (BAD, [("1", "one"), ("2", "two")])], required=False)
    several = forms.MultipleChoiceField(choices=[("1", "one"), ("2", "two")], initial=["1", "2"])
    yes = forms.NullBooleanField(widget=forms.NullBooleanSelect(attrs={"data-x": BAD, "autofocus": True, "off": False}))
    when = forms.DateField(widget=forms.SelectDateWidget)


@pytest.mark.parametrize("said", [None, {"plain": BAD, "grouped": "2", "several": ["2"], "yes": "true"}])
@pytest.mark.parametrize("name", list(Choosing.base_fields))
def test_a_list_to_choose_from_is_written_as_django_would(name, said):
    ours, theirs = (str(Choosing(said, renderer=by())[name]) for by in (FormRenderer, DjangoTemplates))

    assert re.sub(r"\s*\n\s*", "", ours) == re.sub(r"\s*\n\s*", "", theirs)
    assert "<script" not in ours
