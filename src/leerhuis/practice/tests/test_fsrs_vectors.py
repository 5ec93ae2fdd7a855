"""The scheduler of the server against the vectors that it shares with the browser."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from leerhuis.practice.scheduling import DECAY, Memory, recall, review
from leerhuis.practice.vectors import made

FILE = Path(__file__).resolve().parents[4] / "frontend" / "tests" / "fixtures" / "fsrs.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text())


def memory(told: dict[str, Any] | None) -> Memory | None:
    if told is None:
        return None
    moments = {name: datetime.fromisoformat(told[name]) for name in ("last_review", "due_at")}
    return Memory(told["stability"], told["difficulty"], told["state"], told["step"], **moments)


def test_the_file_is_what_the_library_makes_today():
    assert made() == VECTORS


def test_the_server_gives_what_the_vectors_say():
    assert len(VECTORS["steps"]) == 480
    assert VECTORS["parameters"][20] == -DECAY
    for step in VECTORS["steps"]:
        before, at = memory(step["before"]), datetime.fromisoformat(step["at"])
        if before:
            assert recall(before, at) == pytest.approx(step["recall"], rel=1e-12)
        assert review(before, right=step["right"], at=at, retention=step["retention"]) == memory(step["after"])


def test_the_vectors_meet_every_phase_of_learning_and_both_answers():
    met = {(step["before"] and step["before"]["state"], step["right"]) for step in VECTORS["steps"]}
    assert met == {(state, right) for state in (None, 1, 2, 3) for right in (True, False)}
