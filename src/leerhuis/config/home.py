"""Where one installation keeps its things: the folder LEERHUIS_HOME, and the secrets in it."""

import os
import secrets
from pathlib import Path
from typing import Final

SECRET_BYTES: Final = 48
SHORTEST_SECRET: Final = 50
LEAST_DIFFERENT: Final = 20
KNOWN_WORDS: Final = ("insecure", "changeme", "change-me", "change_me", "secret", "password", "example", "default")


def leerhuis_home() -> Path:
    """Return the folder of this installation: LEERHUIS_HOME, or `var` in the current folder."""
    return Path(os.environ.get("LEERHUIS_HOME") or "var").absolute()


def make_home(home: Path) -> None:
    """Make the folder of an installation; other accounts may pass through it, but not list it.

    Passing through is needed where the database runs under an account of its own.
    """
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(exist_ok=True)
        home.chmod(0o711)


def private_folder(home: Path, name: str) -> Path:
    """Return a folder inside the home that only its owner can open, made when absent."""
    make_home(home)
    folder = home / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def write_closed(path: Path, text: str) -> None:
    """Write a file that only its owner can read, in place of what stood there; half of it is never seen."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def secret(home: Path, name: str) -> str:
    """Return the named random secret of this installation (64 url-safe characters), made at first use.

    It is kept in `secrets/NAME`, readable by the owner alone. Two processes that ask at once get the same.
    """
    path = private_folder(home, "secrets") / name
    if not path.exists():
        fresh = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
        try:
            os.link(fresh, path)  # fails when another process was first: then its secret counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


def weakness(key: str | None) -> str | None:
    """Return in words why a secret is too weak to sign with, None when it is good."""
    if not key:
        return "is missing"
    if len(key) < SHORTEST_SECRET:
        return f"has {len(key)} characters, fewer than {SHORTEST_SECRET}"
    if len(set(key)) < LEAST_DIFFERENT:
        return f"has only {len(set(key))} different characters"
    if any(word in key.lower() for word in KNOWN_WORDS):
        return "looks like an example"
    return None
