"""The gate after a restore: no page is served from an old backup before the journal was carried out on it again.

An academy is closed while its journal holds operations that its database has never had (`audit.shipping.unseen`). That
is seen once, when a process first asks, and remembered: an open academy costs nothing per request. A folder that is
slow or not there closes nothing, and is asked again half a minute later.

Where our own `leerhuis restore` put a backup back, it left word of it in the home. Then an academy stays closed until
its journal was carried out, whatever the file says, and also where it is missing: an empty folder would tell of nobody.
Decisions: docs/decisions/0017-journal-and-seals.md, 0018-backups.md.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from leerhuis.academies.queries import all_academies
from leerhuis.audit import restoring, sealing, shipping
from leerhuis.audit.actor import Actor
from leerhuis.audit.ledger import FIRST, Damaged, Line
from leerhuis.base.edge import at_shared_tables, edge
from leerhuis.config.home import write_closed
from leerhuis.config.restore import RESTORED
from leerhuis.ui.errors import house_error

log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 2.0
LOOK_AGAIN_SECONDS: Final = 30.0
_open: dict[str, float] = {}  # the academies that this process found open, and until when it believes that


class Closed(Exception):
    """An older state of this academy's database was put back, and the journal was not carried out on it yet."""


class AfterRestore:
    """Answers 503 for an academy that is closed; stands right behind the middleware that finds the academy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        academy = getattr(request, "tenant", None)
        if academy is not None and is_closed(academy):
            return house_error(request, 503)
        return self.get_response(request)


def is_closed(academy: Any) -> bool:
    """Whether nothing of an academy may be shown or done yet; asked inside an edge of it."""
    if time.monotonic() < _open.get(academy.schema_name, 0):
        return False
    if waits_for_journal(academy):
        return True
    file, believed_for = shipping.ledger(), inf
    try:
        if not _within(PATIENCE_SECONDS, file.file.exists):
            closed = False
        else:
            number, _ = shipping.known_head()
            lines: list[Line] = _within(PATIENCE_SECONDS, lambda: file.after(number))
            closed = bool(lines) and bool(shipping.missing_here(lines))
    except (OSError, TimeoutError, Damaged) as fault:
        log.warning("journal not read", extra={"academy": academy.schema_name, "fault": type(fault).__name__})
        closed, believed_for = False, LOOK_AGAIN_SECONDS
    if not closed:
        _open[academy.schema_name] = time.monotonic() + believed_for
    return closed


def any_is_closed() -> bool:
    """Whether some academy is closed."""
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        with edge(academy):
            if is_closed(academy):
                return True
    return False


def forget() -> None:
    """Look again at the next request or job: the database was away, so it may be another one now."""
    _open.clear()


def recover(academy: Any, *, by: Actor) -> int:
    """Carry out the journal on a database that was put back; returns how many operations were done again.

    One transaction a line; stopped half-way it goes on there. Nothing happens where nothing was put back, and none
    where its journal is missing. The seals of the audit go on from the state that was put back, which stays on record.
    Raises OSError, Damaged, and what an operation refuses.
    """
    put_back = waits_for_journal(academy)
    with edge(academy):
        if put_back and lacks_journal():
            return 0
        if not put_back and (not shipping.ledger().file.exists() or not shipping.unseen()):
            return 0
        lines = restoring.lines_to_replay()
        restoring.begin(by=by)
        sealing.go_on_quietly(by=by)
    for line in lines:
        with edge(academy):
            restoring.carry_out(line, by=by)
    if put_back:
        _carried_out(academy)
    log.warning("journal carried out again", extra={"academy": academy.schema_name, "count": len(lines)})
    return len(lines)


def waits_for_journal(academy: Any) -> bool:
    """Whether `leerhuis restore` put back this academy, and its journal was not carried out since."""
    told = _told_by_restore()
    return told is not None and academy.schema_name not in told["carried_out"]


def say_put_back() -> None:
    """Leave word that an older state was put back by other means than ours: each academy waits for its journal.

    Where the journal knows of nothing since, nothing would show it; old mails would leave once more, and old
    sign-ins would open.
    """
    if _told_by_restore() is None:
        write_closed(Path(settings.HOME) / RESTORED, json.dumps({"stamp": "", "to": ""}))
    forget()


def lacks_journal() -> bool:
    """Whether the file of the journal is missing, or shorter than what this database knows of it; inside an edge."""
    file = shipping.ledger()
    return not file.file.exists() or file.last()[0] < shipping.known_head()[0]


def _told_by_restore() -> dict[str, Any] | None:
    """Return what `leerhuis restore` said in this home, None where all was carried out, or nothing was put back."""
    try:
        told: dict[str, Any] = json.loads((Path(settings.HOME) / RESTORED).read_text(encoding="utf-8"))
    except OSError:
        return None
    return {"carried_out": []} | told


def _carried_out(academy: Any) -> None:
    """Keep that the journal of an academy was carried out; with the last one, nothing is left to say."""
    told = _told_by_restore()
    if told is None:
        return
    told["carried_out"] = sorted({*told["carried_out"], academy.schema_name})
    write_closed(Path(settings.HOME) / RESTORED, json.dumps(told))
    settle()


def settle() -> None:
    """Forget that something was put back once no academy waits for its journal any more."""
    told = _told_by_restore()
    if told is None:
        return
    with at_shared_tables():
        waiting = {each.schema_name for each in all_academies()} - set(told["carried_out"])
    if not waiting:
        (Path(settings.HOME) / RESTORED).unlink(missing_ok=True)


def recover_all(*, by: Actor) -> None:
    """Recover every academy that needs it; one that cannot be stays closed, is told in the log and hinders no other.

    Where nothing was put back, an academy gets the file of its journal: once it is there, its absence says something.
    """
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        try:
            recover(academy, by=by)
            if not waits_for_journal(academy):
                begin_journal(academy)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the academy stays closed and the others go on
            extra = {"academy": academy.schema_name, "fault": type(fault).__name__}
            log.error("journal not carried out", extra=extra)  # noqa: TRY400 - a trace may quote values
    settle()


def begin_journal(academy: Any) -> None:
    """Make the file of an academy's journal where nothing was ever written to it. Raises OSError."""
    with edge(academy):
        file = shipping.ledger()
        if shipping.known_head()[0] or file.file.exists():
            return
        with file.held():
            if not file.file.exists():
                file.write_anew((0, FIRST), [])


def _within(seconds: float, read: Callable[[], Any]) -> Any:
    """Return what reading gives, or raise TimeoutError: a folder of another machine may not answer at all."""
    told: list[Any] = []

    def ask() -> None:
        try:
            told.append((True, read()))
        except (OSError, Damaged) as fault:
            told.append((False, fault))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not told:
        raise TimeoutError
    went_well, answer = told[0]
    if not went_well:
        raise answer
    return answer
