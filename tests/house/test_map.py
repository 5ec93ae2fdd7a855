"""The map under the plan of the house is that of the house as it stands."""

from pathlib import Path

import pytest

from leerhuis.config.map import BEGIN, END, NoPlace, house_map, write_map


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with an old map between its marks."""
    path = tmp_path / "house.md"
    path.write_text(f"# The house\n\n{BEGIN}\n\n### Mails\n\nNone yet.\n\n{END}\n\nThe end.\n", encoding="utf-8")
    return path


def test_the_map_of_the_house_is_up_to_date():
    assert write_map(check=True), "docs/house.md is stale: run `make map`"


def test_a_stale_map_is_caught_and_left_as_it_is(page):
    before = page.read_text(encoding="utf-8")

    assert write_map(check=True, page=page) is False
    assert page.read_text(encoding="utf-8") == before


def test_a_map_is_brought_up_to_date_between_its_marks(page):
    assert write_map(check=False, page=page) is True
    assert page.read_text(encoding="utf-8") == f"# The house\n\n{BEGIN}\n\n{house_map()}\n{END}\n\nThe end.\n"
    assert write_map(check=True, page=page) is True


def test_a_page_without_a_place_for_the_map_is_refused(page):
    page.write_text("# The house\n", encoding="utf-8")

    with pytest.raises(NoPlace):
        write_map(check=False, page=page)


def test_the_map_shows_packages_mails_events_jobs_pages_and_fields():
    shown = house_map()

    assert "| `base` | The ground floor" in shown
    assert "| `people.invitation` | `PersonInvited` |" in shown
    assert "| `people.events.PersonInvited` |" in shown
    assert "| `mail.send_message` |" in shown
    assert "| `/accounts/login/` | account_login |" in shown
    assert "| `person` | contact | email |" in shown
