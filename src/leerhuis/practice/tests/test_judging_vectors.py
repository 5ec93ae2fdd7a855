"""Judging of the server against the vectors that it shares with the browser."""

import json
from pathlib import Path

from leerhuis.practice.judging_vectors import made
from leerhuis.practice.kinds import Kind

FILE = Path(__file__).resolve().parents[4] / "frontend" / "tests" / "fixtures" / "judging.json"


def test_the_file_is_what_the_server_judges_today():
    assert made() == json.loads(FILE.read_text(encoding="utf-8"))


def test_every_kind_of_question_is_judged_in_the_file():
    vectors = made()

    assert {each["kind"] for each in vectors} == set(Kind.values)
    assert all({"line", "unreadable"} & set(each) for each in vectors)
