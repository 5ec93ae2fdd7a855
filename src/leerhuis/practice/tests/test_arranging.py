"""The order of a round: topics take turns, and no learning goal follows itself."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.practice.arranging import Placed, arrange


def by_topic(topics):
    return [Placed((topic, place), topic) for place, topic in enumerate(topics)]


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        ("", ""),
        ("aaa", "aaa"),
        ("abc", "abc"),
        ("aabb", "abab"),
        ("aaabc", "abaca"),
        ("abbb", "babb"),
        ("aabbcc", "abacbc"),
        ("aaabbbccc", "ababcacbc"),
    ],
)
def test_topics_take_turns(topics, expected):
    assert "".join(topic for topic, _ in arrange(by_topic(topics))) == expected


@given(st.lists(st.sampled_from("abcd"), max_size=14))
def test_no_topic_follows_itself_where_that_can_be_and_each_keeps_its_own_order(topics):
    ordered = arrange(by_topic(topics))
    assert sorted(ordered, key=lambda item: item[1]) == [(topic, place) for place, topic in enumerate(topics)]
    for topic in set(topics):
        places = [place for name, place in ordered if name == topic]
        assert places == sorted(places)
    most = max((topics.count(topic) for topic in topics), default=0)
    if 2 * most <= len(topics) + 1:
        assert all(left[0] != right[0] for left, right in pairwise(ordered))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", *"xyz"])), max_size=14))
def test_no_learning_goal_follows_itself_where_that_can_be_whatever_the_topics(items):
    ordered = arrange([Placed((place, aim), topic, frozenset(aim)) for place, (topic, aim) in enumerate(items)])
    assert sorted(place for place, _ in ordered) == list(range(len(items)))
    aims = [aim for _, aim in items if aim]
    most = max((aims.count(aim) for aim in aims), default=0)
    if 2 * most <= len(items) + 1:
        assert all(not left[1] or left[1] != right[1] for left, right in pairwise(ordered))


def test_questions_that_share_one_of_several_goals_are_kept_apart():
    items = [
        Placed("1", "t", frozenset("xy")),
        Placed("2", "t", frozenset("y")),
        Placed("3", "t", frozenset("x")),
        Placed("4", "t"),
        Placed("5", "t"),
    ]
    assert arrange(items) == ["1", "4", "2", "5", "3"]
