"""The one search box at 100,000 people: the query function itself, run inside an installation."""

import json
import os
import sys
import time

import django

TYPED = "bakker", "anna", "smit 12", "jans", "youssef", "blom 200", "mens5000@bench.example", "peters", "hana", "kok 7"
ROUNDS = 5


def times() -> list[float]:
    """Return the seconds of each search by a clerk."""
    from benchmarks.reference import inside
    from leerhuis.people.gate import Viewer
    from leerhuis.people.models import Person
    from leerhuis.portal import finding

    taken = []
    with inside():
        clerk = Person.objects.get(email="karel.klerk@people.example")
        viewer = Viewer(clerk, frozenset({"clerk"}), second_factor=True)
        for number in range(ROUNDS + 1):
            for typed in TYPED:
                since = time.perf_counter()
                finding.search(viewer, typed, finding.IN_DIALOG)
                if number:
                    taken.append(time.perf_counter() - since)
    return taken


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(times(), sys.stdout)
