"""Whether rows and files agree: the drill runs it in its home (``python -m leerhuis.config.cli.agreeing``)."""

import json
import sys
from uuid import UUID

from leerhuis.config.cli.product import product


def compare() -> dict[str, int]:
    """Return how many documents lack their file, and how many files on the disk have no row, over all academies."""
    from leerhuis.academies.queries import all_academies
    from leerhuis.base.edge import at_shared_tables, edge
    from leerhuis.documents import disk
    from leerhuis.documents.models import Document
    from leerhuis.documents.queries import without_file

    lacking = orphans = 0
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        with edge(academy):
            known = set(Document.objects.values_list("id", flat=True).iterator())
            orphans += sum(1 for path, _time in disk.all_files() if is_orphan(path.name, known))
            lacking += len(without_file())
    return {"lacking": lacking, "orphans": orphans}


def is_orphan(name: str, known: set[UUID]) -> bool:
    """Whether no document has a file of this name."""
    try:
        return UUID(name) not in known
    except ValueError:
        return True


if __name__ == "__main__":
    with product():
        json.dump(compare(), sys.stdout)
