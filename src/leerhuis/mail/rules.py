"""When a mail is tried again, and when it is given up."""

from datetime import timedelta
from typing import Final

KEPT_IN: Final = "kept in"  # stands as the fault of a mail that a standstill holds back
SET_ASIDE: Final = "set aside"  # of a mail to somebody of whose data the use is restricted
AFTER_RESTORE: Final = "waited in a backup"  # of a mail that may have gone out before the restore
UNWANTED: Final = "unwanted"  # of news that its reader stopped before it left
STOPPED: Final = "stopped"  # of news that the office stopped on its way
NOT_YET: Final = "not true yet"  # of a farewell that tells what is still being done
PAUSED: Final = "paused"  # of news that the office holds for a while
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None when it is given up (after about two days)."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
