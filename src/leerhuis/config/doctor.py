"""What can be wrong with an installation, how it is seen, and what to do about it.

Nothing here changes anything. The words are for the operator; they carry names of academies and counts, never anything
about a person.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.db.models.functions import Now
from psycopg.conninfo import conninfo_to_dict

from leerhuis.academies.migrating import is_behind
from leerhuis.academies.queries import all_academies
from leerhuis.audit import shipping, verifying
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, edge, enter_schema
from leerhuis.base.hosts import is_this_machine
from leerhuis.config import restored
from leerhuis.config.backup_settings import machine_time
from leerhuis.config.home import weakness
from leerhuis.config.postgres import database_urls, own_database
from leerhuis.config.programs import OLDEST_VERSION
from leerhuis.config.rights import Login, strengths
from leerhuis.config.texts import uncompiled
from leerhuis.documents import keys as file_keys
from leerhuis.documents import scanning
from leerhuis.documents.queries import removals_waiting, without_file
from leerhuis.mail.models import Message
from leerhuis.operations.history import History, Kind
from leerhuis.operations.standing import GRAVE, Trouble, troubles
from leerhuis.privacy import nights
from leerhuis.privacy.firms import chosen_now, machines_elsewhere, unregistered
from leerhuis.privacy.overview import missing_of

State = Literal["ok", "warning", "wrong"]
NIGHTLY: Final = timedelta(hours=26)
LITTLE_SPACE: Final = 0.15
NO_SPACE: Final = 0.05
HEARTBEAT_SECONDS: Final = 90
STUCK_MINUTES: Final = 15
MUST_BE_ON: Final = ("fsync", "full_page_writes", "data_checksums")
SECURED: Final = ("require", "verify-ca", "verify-full")
UNSAFE_COMMIT: Final = ("off", "local")
OWN_POSTGRES_HINT: Final = "Set it in postgresql.conf and restart PostgreSQL."


@dataclass(frozen=True)
class Finding:
    """What one check saw: `meaning` says what it means for the academy, `todo` what to do ('' when all is well)."""

    check: str
    state: State
    meaning: str
    todo: str = ""


def examine() -> list[Finding]:
    """Return the findings of every check, in the order in which they are best dealt with.

    Without a database those that need it are left out: the first finding says so.
    """
    first = database()
    findings = [first]
    if first.state != "wrong":
        in_database = (durability, migrations, roles, worker, mails, journal, audit, documents, suppliers, terms)
        findings += [examined(check) for check in in_database]
    findings += [transport(), backups(), scanner(), disk(), secrets(), frontend(), texts()]
    return findings


def examined(check: Callable[[], Finding]) -> Finding:
    """Return what a check finds; one that the database refuses is a finding itself."""
    try:
        return check()
    except DatabaseError as error:
        kind = type(error).__name__
        meaning = f"This could not be examined: the database refused ({kind})."
        return Finding(check.__name__, "wrong", meaning, "Run `leerhuis migrate`; then ask again.")


def database() -> Finding:
    """Whether the database answers, and is new enough."""
    try:
        enter_schema(None)
        version = int(str(one_value("SHOW server_version_num"))) // 10_000
    except OperationalError:
        where = (
            "Is DATABASE_URL right and PostgreSQL running?" if own_database() else "Start `leerhuis serve` or `demo`."
        )
        return Finding("database", "wrong", "The database does not answer: nothing can be read or kept.", where)
    if version < OLDEST_VERSION:
        meaning = f"PostgreSQL {version} is older than {OLDEST_VERSION}, with which Leerhuis was tested."
        return Finding("database", "wrong", meaning, f"Move to PostgreSQL {OLDEST_VERSION} or newer.")
    return Finding("database", "ok", f"PostgreSQL {version} answers.")


def durability() -> Finding:
    """Whether what was acknowledged is still there after a power cut."""
    off = [name for name in MUST_BE_ON if one_value(f"SHOW {name}") != "on"]
    if one_value("SHOW synchronous_commit") in UNSAFE_COMMIT:
        off.append("synchronous_commit")
    if not off:
        return Finding("durability", "ok", "What was acknowledged survives a power cut; damaged pages are noticed.")
    meaning = f"{', '.join(off)} off: after a power cut acknowledged work may be lost, or damage go unnoticed."
    checksums = " For data_checksums run pg_checksums --enable while it is stopped." if "data_checksums" in off else ""
    return Finding("durability", "wrong", meaning, OWN_POSTGRES_HINT + checksums)


def migrations() -> Finding:
    """Whether the tables of every academy are those of this version."""
    behind = [academy.name for academy in all_academies() if is_behind(academy)]
    if is_behind(None):
        behind.insert(0, "the shared tables")
    enter_schema(None)
    if behind:
        meaning = f"Not up to date: {', '.join(behind)}. Pages there may fail."
        return Finding("migrations", "wrong", meaning, "Run `leerhuis migrate`.")
    return Finding("migrations", "ok", "The tables of every academy are those of this version.")


def roles() -> Finding:
    """Whether the roles of web and worker are held by the database's rights."""
    urls = database_urls(settings.HOME)
    owner, web, keeper = (str(conninfo_to_dict(url).get("user") or "") for url in (urls.owner, urls.web, urls.keeper))
    asked: list[tuple[str, Login]] = [(web, "pages"), (keeper, "worker")]
    enter_schema(None)
    connection.ensure_connection()
    strong = [
        f"the role {login} of the {of} {', '.join(found)}"
        for login, of in asked
        if login != owner and (found := strengths(connection.connection, login, owner, of=of))
    ]
    if strong:
        meaning = f"The database does not hold the program back: {'; '.join(strong)}."
        todo = "Take that from it (docs/howto/install.md), then run `leerhuis migrate`."
        return Finding("roles", "wrong", meaning, todo)
    if owner in (web, keeper):
        meaning = "Web or worker sign in as the owner of the tables: the database does not hold them back."
        todo = "Give each a role of its own: DATABASE_URL, DATABASE_KEEPER_URL and DATABASE_OWNER_URL."
        return Finding("roles", "warning", meaning, todo)
    return Finding(
        "roles",
        "ok",
        "Web and worker cannot change tables or go round the rights of the database, nor pages change audit.",
    )


def terms() -> Finding:
    """Whether what is past its term goes, and whoever asked for erasure was erased in time."""
    asks, behind, late, kept = [], [], [], []
    for academy in all_academies():
        with edge(academy):
            newest = nights.newest()
            since = newest.created_at if newest else academy.created_at
            asks += [academy.name] if newest and newest.state == newest.State.ASKS else []
            behind += [academy.name] if nights.rows_left() or since < clock.now() - NIGHTLY else []
            late += [academy.name] if nights.erasures_late() else []
            kept += [academy.name] if nights.removals_late() else []
    if kept:
        meaning = f"An organisation should have been removed by now: {', '.join(kept)}."
        todo = "Privacy, Organisations that leave, tells what stands in the way; else see whether the worker runs."
        return Finding("terms", "wrong", meaning, todo)
    if late:
        meaning = f"Somebody asked to be erased and it is too late by now: {', '.join(late)}."
        return Finding("terms", "wrong", meaning, "See whether the worker runs; then Privacy, Erasures.")
    if behind:
        meaning = f"Rows past their term are still there, or no night was done: {', '.join(behind)}."
        return Finding("terms", "warning", meaning, "See whether the worker runs; `leerhuis retention` counts them.")
    if asks:
        meaning = f"Somebody has to agree before what is due goes: {', '.join(asks)}."
        return Finding("terms", "warning", meaning, "The privacy officer decides under Privacy, Terms.")
    return Finding("terms", "ok", "What is past its term went last night; whoever asked was erased in time.")


def can_bypass(login: str, owner: str) -> bool:
    """Whether a role has rights with which it could take any other."""
    rights = one_value("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", login)
    owns = one_value("SELECT EXISTS (SELECT FROM pg_class WHERE pg_get_userbyid(relowner) = %s)", login)
    return bool(rights or owns or one_value("SELECT pg_has_role(%s, %s, 'MEMBER')", login, owner))


def worker() -> Finding:
    """Whether a worker gives signs of life."""
    question = "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers"
    silent = one_value(question)
    if silent is None or int(str(silent)) > HEARTBEAT_SECONDS:
        since = "" if silent is None else f" for {silent} seconds"
        meaning = f"No worker has given a sign of life{since}: mails wait, and nothing comes round by the clock."
        return Finding("worker", "wrong", meaning, "Start `leerhuis serve`, or `leerhuis work` beside it.")
    return Finding("worker", "ok", f"A worker gave a sign of life {silent} seconds ago.")


def mails() -> Finding:
    """Whether mails go out."""
    stuck, failed = [], []
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        with edge(academy):
            waiting = Message.objects.filter(state=Message.State.WAITING)
            late = waiting.filter(try_after__lt=Now() - timedelta(minutes=STUCK_MINUTES)).count()
            lost = Message.objects.filter(state=Message.State.FAILED, try_after__gt=Now() - timedelta(days=7)).count()
        stuck += [f"{academy.name}: {late}"] if late else []
        failed += [f"{academy.name}: {lost}"] if lost else []
    if stuck:
        meaning = f"Mails wait longer than {STUCK_MINUTES} minutes ({'; '.join(stuck)})."
        return Finding(
            "mails", "wrong", meaning, "See that a worker runs and that the server at LEERHUIS_SMTP_HOST answers."
        )
    if failed:
        meaning = f"Mails could not be delivered in the last seven days ({'; '.join(failed)})."
        return Finding("mails", "warning", meaning, "See the outbox in the office of the academy: it names the reason.")
    return Finding("mails", "ok", "No mail waits longer than it should.")


def journal() -> Finding:
    """Whether what was erased and withdrawn stands outside the database, so that no restore undoes it."""
    waiting, faults = [], []
    with at_shared_tables():
        academies = all_academies()
    closed = [academy.name for academy in academies if restored.waits_for_journal(academy)]
    if closed:
        meaning = f"A backup was put back, and the journal was not carried out yet: closed are {', '.join(closed)}."
        todo = (
            f"See that the journal lies in {settings.JOURNAL}, then run `leerhuis journal replay`. Where it is lost for"
            " good, `leerhuis journal ship --rebuild` first: what was erased since the backup is not known then."
        )
        return Finding("journal", "wrong", meaning, todo)
    for academy in academies:
        with edge(academy):
            found = shipping.standing()
        waiting += [f"{academy.name}: {found.late}"] if found.late else []
        faults += [f"{academy.name}: {found.fault}"] if found.fault else []
    if faults:
        meaning = f"The journal is not as it should be ({'; '.join(faults)})."
        todo = "Run `leerhuis journal verify`; after a restore `leerhuis journal replay`."
        return Finding("journal", "wrong", meaning, todo)
    if waiting:
        meaning = f"Operations wait to be written to the journal outside the database ({'; '.join(waiting)})."
        todo = f"See that a worker runs and that {settings.JOURNAL} can be written."
        return Finding("journal", "warning", meaning, todo)
    return Finding("journal", "ok", "What was erased and withdrawn stands outside the database.")


def audit() -> Finding:
    """Whether what was written down about people's data is as it was written, by last night's examination."""
    faults, late = [], []
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        with edge(academy):
            found = verifying.standing()
        faults += [f"{academy.name}: {found.fault}"] if found.fault else []
        late += [f"{academy.name}: {found.late}"] if found.late else []
    if faults:
        meaning = f"What was written down is not as it was written ({'; '.join(faults)})."
        todo = "Run `leerhuis verify-audit`; after a restore with --after-restore (docs/howto/audit.md)."
        return Finding("audit", "wrong", meaning, todo)
    if late:
        meaning = f"What was written down is not guarded as it should be ({'; '.join(late)})."
        return Finding(
            "audit", "warning", meaning, f"See that a worker runs and that {settings.JOURNAL} can be written."
        )
    return Finding("audit", "ok", "What was done and seen is sealed, and as it was written.")


TROUBLES: Final = {
    Trouble.OLD: ("a copy is older than its term", "Remove what `leerhuis verify-backup` names, and run it again."),
    Trouble.AWAY: ("their place cannot be reached", "See that LEERHUIS_BACKUP_PLACE is mounted and can be written."),
    Trouble.SILENT: ("nobody looks after them", "Restart `leerhuis serve` with LEERHUIS_BACKUP_PLACE set."),
    Trouble.NONE: ("there is none", "Run `leerhuis backup` and read what it says."),
    Trouble.LATE: ("the newest is older than 26 hours", "Run `leerhuis backup` and read what it says."),
    Trouble.DAMAGED: (
        "not every file is as it was written",
        "Run `leerhuis verify-backup`, then `leerhuis backup --full`.",
    ),
    Trouble.FAILED_DRILL: ("the newest could not be put back well", "Run `leerhuis verify-backup --drill`."),
    Trouble.UNPROVEN: ("no drill in the last week", "Run `leerhuis verify-backup --drill`."),
    Trouble.BEHIND: (
        "what is written is not handed over",
        "See logs/backup.log; restart `leerhuis serve` if it stays so.",
    ),
    Trouble.FAILED: (
        "the last one failed",
        "Run `leerhuis backup` and read what it says; it is tried again by itself.",
    ),
}


def backups() -> Finding:
    """Whether there are backups, young enough and not too old, tried, and with their keys in a place apart."""
    if own_database():
        return Finding("backups", "ok", "The database is your own: it is backed up by whoever runs it.")
    if not settings.BACKUPS_ON:
        meaning = "No backups are made: whoever loses this machine loses everything."
        return Finding("backups", "warning", meaning, "Set LEERHUIS_BACKUP_PLACE (docs/howto/back-up.md).")
    history = History(settings.BACKUP_NOTES)
    found = troubles(history, now=machine_time(), days=settings.BACKUP_DAYS)
    longer = promised_shorter()
    if found:
        words = "; ".join(TROUBLES[trouble][0] for trouble in found)
        now = history.standing()
        if Trouble.AWAY in found and now is not None:
            words = f"{words} ({now.away.rstrip('.')})"
        state: State = "wrong" if set(found) & GRAVE else "warning"
        return Finding("backups", state, f"Backups: {words}.", TROUBLES[found[0]][1])
    if longer:
        meaning = (
            f"Backups are kept {settings.BACKUP_DAYS} days, longer than the statement says of {', '.join(longer)}."
        )
        return Finding("backups", "wrong", meaning, "Set LEERHUIS_BACKUP_DAYS to the fewest days of `[backup]` there.")
    standing, drilled = history.standing(), history.last(Kind.DRILL)
    if standing is not None and standing.keys_beside_data:
        meaning = "The keys of the backups lie on the disk of the data: whoever loses that disk has no backups."
        return Finding(
            "backups", "warning", meaning, "Set LEERHUIS_BACKUP_KEYS to a folder of another disk or machine."
        )
    newest = f"{standing.newest:%Y-%m-%d %H:%M}" if standing and standing.newest else "being made"
    tried = f"{drilled.at:%Y-%m-%d %H:%M}" if drilled else "never"
    return Finding("backups", "ok", f"Newest backup: {newest} (UTC). Put back last, to try it: {tried}.")


def promised_shorter() -> list[str]:
    """Return the academies whose statement promises a shorter term than backups have; none without a database."""
    try:
        with at_shared_tables():
            return [each.name for each in all_academies() if each.settings.backup.days < settings.BACKUP_DAYS]
    except DatabaseError:
        return []


def documents() -> Finding:
    """Whether each document has its file, keys have their copy, and what was erased is gone from the disk."""
    lost, waiting, lacking = [], [], []
    with at_shared_tables():
        academies = all_academies()
    for academy in academies:
        with edge(academy):
            gone, left = len(without_file()), removals_waiting()
            try:
                behind = file_keys.lacking_in_copy()
            except file_keys.CopyAway:
                behind = -1
        lost += [f"{academy.name}: {gone}"] if gone else []
        waiting += [f"{academy.name}: {left}"] if left else []
        lacking += [academy.name] if behind else []
    if lost:
        meaning = f"Documents have lost their file ({'; '.join(lost)}): nobody can open them."
        return Finding("documents", "wrong", meaning, f"Put the files back into {settings.FILES} from a backup.")
    if lacking:
        meaning = (
            f"Not every key of a document has its copy ({', '.join(lacking)}): who loses this disk loses documents."
        )
        todo = f"See that a worker runs and that {settings.FILE_KEYS_COPY} can be written."
        return Finding("documents", "warning", meaning, todo)
    if waiting:
        meaning = f"Files or keys still have to go from the disk ({'; '.join(waiting)}): an erasure is not done before."
        return Finding("documents", "warning", meaning, "See that a worker runs; ask again in five minutes.")
    return Finding("documents", "ok", "Each document has its file, each key its copy, and nothing waits to be erased.")


def scanner() -> Finding:
    """Whether the virus scanner, where one was chosen, answers."""
    if not scanning.is_configured():
        meaning = "No virus scanner was chosen: documents are not examined, and the statement does not say so."
        return Finding("scanner", "ok", meaning)
    try:
        if scanning.answers():
            return Finding("scanner", "ok", "The virus scanner answers.")
    except scanning.WronglyChosen as fault:
        return Finding("scanner", "wrong", "New documents cannot be opened: no scanner can be asked.", str(fault))
    meaning = "The virus scanner does not answer: new documents cannot be opened."
    return Finding("scanner", "warning", meaning, f"See that clamd runs at {settings.SCANNER}.")


def suppliers() -> Finding:
    """Whether each machine elsewhere belongs to a company in every register, with an agreement that holds."""
    unknown: dict[str, list[str]] = {}
    behind: dict[str, int] = {}
    for academy in all_academies():
        with edge(academy):
            firms = chosen_now(academy).suppliers
            for machine in unregistered(machines_elsewhere(), firms):
                unknown.setdefault(machine.host, []).append(academy.name)
            behind[academy.name] = sum(bool(list(missing_of(firm))) for firm in firms)
    if unknown:
        told = "; ".join(f"{host} (not with {', '.join(names)})" for host, names in sorted(unknown.items()))
        todo = "The privacy officer enters the company, or its host name, under Privacy, Suppliers."
        return Finding("suppliers", "wrong", f"Machines that belong to no company in the register: {told}.", todo)
    lacking = ", ".join(f"{name} ({count})" for name, count in behind.items() if count)
    if lacking:
        meaning = f"Something is lacking about suppliers (agreement, place or ground of a transfer): {lacking}."
        return Finding("suppliers", "warning", meaning, "The privacy officer sees what, under Privacy.")
    return Finding("suppliers", "ok", "Each machine elsewhere belongs to a company in the register, all in order.")


def transport() -> Finding:
    """Whether what goes to another machine is secured on the way."""
    database = settings.DATABASES["default"]
    open_ways = []
    if settings.SMTP.tls == "none" and not is_this_machine(settings.SMTP.host):
        open_ways.append("mails to the SMTP server: none leaves until LEERHUIS_SMTP_TLS is starttls or wrapped")
    if not is_this_machine(str(database["HOST"])) and database["OPTIONS"].get("sslmode") not in SECURED:
        open_ways.append("the database: add ?sslmode=verify-full to DATABASE_URL and its kin")
    if open_ways:
        return Finding("transport", "wrong", "Data go over the network in the open.", "; ".join(open_ways) + ".")
    return Finding("transport", "ok", "What goes to another machine is secured on the way.")


def disk() -> Finding:
    """Whether there is room for data to grow."""
    usage = shutil.disk_usage(settings.HOME)
    share = usage.free / usage.total
    told = f"{share:.0%} of the disk under {settings.HOME} is free"
    todo = "Make room, or move LEERHUIS_HOME to a larger disk."
    if share < NO_SPACE:
        return Finding("disk", "wrong", f"Only {told}: the database may stop any moment.", todo)
    if share < LITTLE_SPACE:
        return Finding("disk", "warning", f"Only {told}; keep {LITTLE_SPACE:.0%} free.", todo)
    return Finding("disk", "ok", f"{told}.")


def secrets() -> Finding:
    """Whether secrets are strong, and closed to others."""
    fault = weakness(settings.SECRET_KEY)
    if fault:
        meaning = f"The secret key {fault}: others could forge sign-ins and links."
        return Finding("secrets", "wrong", meaning, "Set LEERHUIS_SECRET_KEY to at least 50 random characters.")
    open_files = [path.name for path in Path(settings.HOME, "secrets").glob("*") if path.stat().st_mode & 0o077]
    if open_files:
        meaning = f"Other accounts on this machine can read {', '.join(sorted(open_files))}."
        return Finding("secrets", "wrong", meaning, f"chmod 600 {settings.HOME}/secrets/*")
    return Finding("secrets", "ok", "Secrets are strong, and closed to other accounts.")


def frontend() -> Finding:
    """Whether the browser code has been built."""
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    if manifest.exists():
        return Finding("frontend", "ok", "The browser code is built.")
    return Finding("frontend", "wrong", "The browser code is not built: pages have no look.", "Run `make install`.")


def texts() -> Finding:
    """Whether the Dutch texts are ready for use."""
    stale = uncompiled()
    if not stale:
        return Finding("texts", "ok", "The Dutch texts are ready for use.")
    meaning = f"Dutch is missing or old in {', '.join(stale)}: English is shown there."
    return Finding("texts", "wrong", meaning, "Run `leerhuis texts compile` and restart.")


def one_value(question: str, *values: str) -> object:
    """Return the one value that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row = cursor.fetchone()
    return None if row is None else row[0]


def has_wrong(findings: Iterable[Finding]) -> bool:
    """Whether anything is wrong (a warning is not)."""
    return any(finding.state == "wrong" for finding in findings)
