"""The demo's bank of examples: each kind that GIFT has no form for, ready to be tried."""

from datetime import date

from leerhuis.config.demo.examples import add_examples
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.queries import questions_of
from leerhuis.practice.tests.factories import AUTHOR


def test_each_example_stands_in_its_bank_and_shows_its_picture(academy, cast, as_, tmp_path, settings):
    settings.FILES = tmp_path
    add_examples(date(2027, 2, 28), by=AUTHOR)
    kinds = set(Question.objects.values_list("kind", flat=True))
    assert kinds == {"ordering", "cloze", "hotspot", "open", "numeric"}
    client = as_(cast.trainer)
    pages = [client.get(f"/office/practice/questions/{each.id}/") for each in questions_of(Bank.objects.get())]
    assert {page.status_code for page in pages} == {200}
    texts = "".join(page.content.decode() for page in pages)
    assert texts.count('<img class="media"') == 2
    assert "<msup>" in texts
