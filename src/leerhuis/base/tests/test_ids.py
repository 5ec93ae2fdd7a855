"""Identifiers sort by the moment they were made, also within a millisecond."""

from uuid import RFC_4122

from leerhuis.base.ids import uuid7


def test_identifiers_made_one_after_the_other_keep_their_order():
    made = [uuid7() for _ in range(5000)]

    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_an_identifier_is_a_version_seven():
    made = uuid7()

    assert (made.version, made.variant) == (7, RFC_4122)
