"""Taking from the disk what no bank has any more: uploads that were taken back, and content that was replaced."""

from leerhuis.base import clock
from leerhuis.documents import shelf
from leerhuis.practice.models import Media

KEPT_SECONDS = 24 * 3600


def sweep_shelf() -> int:
    """Remove files older than a day that no row knows; returns how many. They are about nobody, so nothing is noted."""
    before = clock.now().timestamp() - KEPT_SECONDS
    old = {name for name, written in shelf.all_files() if written < before}
    kept = set(Media.objects.filter(digest__in=old).values_list("digest", flat=True))
    for name in old - kept:
        shelf.remove(name)
    return len(old - kept)
