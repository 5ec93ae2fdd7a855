"""Child processes: each dies with its parent, and one that may not be root gives up those rights first.

Linux ends no child when its parent is killed, unless the child asked for a signal at that moment
(`prctl(PR_SET_PDEATHSIG)`, see prctl(2)); it must ask after its last change of identity.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

PR_SET_PDEATHSIG: Final = 1
CLONE_NEWUSER: Final = 0x10000000
UNPRIVILEGED_NAMES: Final = ("postgres", "nobody")

_libc: Final = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """Under which identity a child runs, in numbers of the operating system.

    `mapped` is for root only: the child keeps root's ownership of files without any of root's rights, and sees
    itself as `uid` (a user namespace, user_namespaces(7)). It opens folders that are closed to every other account.
    """

    uid: int
    gid: int
    mapped: bool = False

    @property
    def owner(self) -> tuple[int, int]:
        """Return (uid, gid) of the files that such a child owns, as seen from outside."""
        return (os.getuid(), os.getgid()) if self.mapped else (self.uid, self.gid)


def own_account() -> Account:
    """Return the identity of this process."""
    return Account(os.getuid(), os.getgid())


def unprivileged_accounts() -> list[Account]:
    """Return the identities that root may lend to a child, best first; none needs a new account on the machine."""
    entries = [entry for entry in pwd.getpwall() if entry.pw_name in UNPRIVILEGED_NAMES]
    entries.sort(key=lambda entry: UNPRIVILEGED_NAMES.index(entry.pw_name))
    named = [Account(entry.pw_uid, entry.pw_gid) for entry in entries]
    return named + [Account(account.uid, account.gid, mapped=True) for account in named[-1:]]


def spawn(
    arguments: Sequence[str | Path],
    *,
    account: Account | None = None,
    death_signal: signal.Signals | None = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    folder: Path | str | None = None,
    stdin: int | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own, so that Ctrl-C in a terminal reaches the parent only.

    `death_signal` is what the child gets when the *thread* that called this ends: call it from the main thread.
    None lets it live on. `environment` replaces that of this process. Raises OSError when it cannot be started and
    subprocess.SubprocessError when the account cannot be taken.
    """
    lent = account if account is not None and account != own_account() else None
    switch = lent is not None and not lent.mapped
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=None if environment is None else dict(environment),
        cwd=folder,
        process_group=0,
        user=lent.uid if lent is not None and switch else None,
        group=lent.gid if lent is not None and switch else None,
        extra_groups=[] if switch else None,
        preexec_fn=_preparation(lent if lent is not None and lent.mapped else None, death_signal),  # noqa: PLW1509
    )


def can_run(arguments: Sequence[str | Path], account: Account) -> bool:
    """Whether a child under an account succeeds with a command; its output is thrown away."""
    quiet = subprocess.DEVNULL
    try:
        child = spawn(arguments, account=account, folder="/", stdout=quiet, stderr=quiet)
        return child.wait(timeout=30) == 0
    except (OSError, subprocess.SubprocessError):
        return False


def processes_in(folder: Path) -> list[int]:
    """Return the processes that work in a folder: a server and its helpers stand in their data directory."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").readlink() == folder and not is_dead(entry):
                found.append(int(entry.name))
    return found


def processes_with(variable: str, value: str) -> list[int]:
    """Return the other processes that were started with a variable of the environment at a value."""
    wanted = f"{variable}={value}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            marked = wanted in (entry / "environ").read_bytes().split(b"\0")
            if marked and int(entry.name) != os.getpid() and not is_dead(entry):
                found.append(int(entry.name))
    return found


def is_dead(process: Path) -> bool:
    """Whether a process has ended and only waits for its parent to notice."""
    return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] == "Z"


def wait_for_end_in(folder: Path, seconds: float) -> None:
    """Wait until no process works in a folder any more, at most so long."""
    until = time.monotonic() + seconds
    while processes_in(folder) and time.monotonic() < until:
        time.sleep(0.02)


def _preparation(mapped: Account | None, death_signal: signal.Signals | None) -> Callable[[], None]:
    """Return what a child does between its birth and its program; everything it calls is loaded already."""
    parent = os.getpid()

    def prepare() -> None:
        if mapped is not None:
            _enter_user_namespace(mapped)
        if death_signal is not None and sys.platform == "linux":
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def _enter_user_namespace(account: Account) -> None:
    """Drop every right of root, keeping its files, and appear as the given account. Raises OSError."""
    uid, gid = os.getuid(), os.getgid()
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespace refused")
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{account.uid} {uid} 1"),
        ("gid_map", f"{account.gid} {gid} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
