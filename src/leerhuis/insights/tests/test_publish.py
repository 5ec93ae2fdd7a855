"""What is hidden stays hidden: nobody who knows every figure and every total shown can tell a small group's size."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerhuis.insights.publish import Cell, Published, publish

ROWS, COLUMNS = "abcd", (1, 2, 3)


def line(*sizes: int) -> list[Cell]:
    return [Cell(row, 1, people, {"passed": people // 2}) for row, people in zip("abcdefgh", sizes, strict=False)]


def test_groups_that_are_large_enough_are_shown():
    found = publish(line(12, 30), 10)

    assert found.cells == {("a", 1): {"people": 12, "passed": 6}, ("b", 1): {"people": 30, "passed": 15}}
    assert found.columns == {1: {"people": 42, "passed": 21}}
    assert found.other == {}


def test_small_groups_become_other():
    found = publish(line(12, 30, 6, 5), 10)

    assert set(found.cells) == {("a", 1), ("b", 1)}
    assert found.other == {1: {"people": 11, "passed": 5}}


def test_one_small_group_takes_the_next_smallest_along():
    found = publish(line(12, 30, 6), 10)

    assert set(found.cells) == {("b", 1)}
    assert found.other == {1: {"people": 18, "passed": 9}}
    assert found.columns == {1: {"people": 48, "passed": 24}}


def test_a_few_groups_that_are_small_together_take_the_next_smallest_along():
    assert set(publish(line(12, 30, 3, 2, 1), 10).cells) == {("b", 1)}


def test_hidden_and_empty_look_the_same():
    assert publish(line(40, 0), 10) == publish(line(40), 10)
    assert publish(line(40, 30, 6, 7), 10).cells.keys() == publish(line(40, 30, 0, 0), 10).cells.keys()
    assert publish(line(3, 2), 10) == publish([], 10)


def test_nothing_but_the_total_is_shown_where_one_large_group_stands_before_a_small_one():
    found = publish(line(30, 1), 10)

    assert found.cells == {}
    assert found.columns == {1: {"people": 31, "passed": 15}}


def test_a_total_of_a_row_that_gives_a_cell_away_is_hidden():
    table = [Cell("a", 1, 3), Cell("b", 1, 20), Cell("c", 1, 30), Cell("a", 2, 20), Cell("b", 2, 20)]
    found = publish(table, 10)

    assert ("a", 1) not in found.cells
    assert "a" not in found.rows
    assert found.rows["c"] == {"people": 30}


def test_without_totals_of_rows_none_is_shown():
    found = publish([Cell("a", 1, 20), Cell("a", 2, 20)], 10, row_totals=False)

    assert found.rows == {}
    assert found.total is None
    assert set(found.columns) == {1, 2}


def test_a_group_of_fewer_than_none_is_a_fault():
    with pytest.raises(ValueError, match="fewer people than none"):
        publish([Cell("a", 1, -1)], 10)


# --- an attacker who knows all that is shown -------------------------------------------------------------------------
tables = st.dictionaries(st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), st.integers(0, 30))


def cells(table: dict[tuple[str, int], int]) -> list[Cell]:
    return [Cell(row, column, people, {"passed": people}) for (row, column), people in table.items()]


@given(tables, st.integers(2, 12), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_group_below_k_is_shown_anywhere(table, k, row_totals):
    found = publish(cells(table), k, row_totals=row_totals)
    shown = [*found.cells.values(), *found.other.values(), *found.columns.values(), *found.rows.values()]

    assert all(each["people"] >= k for each in [*shown, *([found.total] if found.total else [])])


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(2, 12))
@settings(max_examples=300, deadline=None)
def test_what_is_left_of_a_total_is_nobody_or_a_group_of_two_parts_with_k_people(sizes, k):
    found = publish(line(*sizes), k)
    if 1 not in found.columns:
        assert sum(sizes) < k
        return
    left = found.columns[1]["people"] - sum(each["people"] for each in found.cells.values())
    hidden = [people for row, people in zip("abcdefgh", sizes, strict=False) if people and (row, 1) not in found.cells]

    assert left == sum(hidden)
    assert not hidden or (left >= k and len(hidden) > 1)


@given(tables, st.integers(2, 12), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_a_later_month_changes_nothing_of_an_earlier_one(table, k, people):
    before = {key: size for key, size in table.items() if key[1] != COLUMNS[-1]}
    first = publish(cells(before), k, row_totals=False)
    then = publish(cells(table | {("a", COLUMNS[-1]): people}), k, row_totals=False)

    assert first.cells == {key: each for key, each in then.cells.items() if key[1] != COLUMNS[-1]}
    assert first.columns == {key: each for key, each in then.columns.items() if key != COLUMNS[-1]}
    assert first.other == {key: each for key, each in then.other.items() if key != COLUMNS[-1]}


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from((1, 2))), st.integers(0, 5), max_size=4),
    st.integers(2, 3),
)
@settings(max_examples=400, deadline=None)
def test_to_whoever_tries_every_table_a_hidden_group_stays_wide_open(table, k):
    """Tries all tables that agree with what is shown, without any of the arithmetic by which it was hidden."""
    found = publish(cells(table), k)
    worlds = list(agreeing(table, found, most=sum(table.values()) + k))
    for key, people in table.items():
        if people and key not in found.cells:
            sizes = {world[key] for world in worlds}

            assert max(sizes) - min(sizes) >= k, (table, found)
    for place in (0, 1):
        for name in {key[place] for key in table}:
            totals = [sum(n for key, n in world.items() if key[place] == name) for world in worlds]

            assert not 0 < sum_of(table, place, name) < k or max(totals) - min(totals) >= k, (table, found)


def sum_of(table: dict[tuple[str, int], int], place: int, name: object) -> int:
    return sum(people for key, people in table.items() if key[place] == name)


@given(tables, st.integers(2, 12))
@settings(max_examples=200, deadline=None)
def test_what_can_be_subtracted_along_a_row_or_column_is_nobody_or_k_people(table, k):
    found = publish(cells(table), k)
    for total, place in ((found.rows, 0), (found.columns, 1)):
        for name, figures in total.items():
            shown = sum(each["people"] for key, each in found.cells.items() if key[place] == name)
            left = figures["people"] - shown

            assert left == 0 or left >= k


def agreeing(table: dict[tuple[str, int], int], found: Published, *, most: int) -> Iterator[dict[tuple[str, int], int]]:
    """Yield every table with the same groups that agrees with all that is shown; what is empty is known to be."""
    keys = [key for key, people in table.items() if people]
    choices = [[found.cells[key]["people"]] if key in found.cells else range(most + 1) for key in keys]
    for sizes in product(*choices):
        world = dict(zip(keys, sizes, strict=True))
        if _fits(world, found):
            yield world


def _fits(world: dict[tuple[str, int], int], found: Published) -> bool:
    by_row = all(sum(n for key, n in world.items() if key[0] == row) == f["people"] for row, f in found.rows.items())
    by_column = all(sum(n for key, n in world.items() if key[1] == c) == f["people"] for c, f in found.columns.items())
    return by_row and by_column and (found.total is None or sum(world.values()) == found.total["people"])
