"""Asking a virus scanner on this machine: clamd, by its protocol INSTREAM (man clamd, COMMANDS). The only place.

It sees the bytes of documents, so it must be on this machine: a socket in the file system, or an address of the
machine itself. Only a worker asks it, never a request.
"""

import socket
import struct
from collections.abc import Iterable
from typing import Final

from django.conf import settings

LARGEST_PIECE: Final = 1 << 18
LONGEST_ANSWER: Final = 4096
LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class ScannerAway(Exception):
    """The scanner did not answer, or could not examine the file: it is asked again later."""


class WronglyChosen(Exception):
    """LEERHUIS_SCANNER names no scanner on this machine."""


def is_configured() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.SCANNER)


def virus_in(parts: Iterable[bytes]) -> str:
    """Return the name of the virus that the scanner finds, '' when it finds none. Raises ScannerAway."""
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for part in parts:
                for at in range(0, len(part), LARGEST_PIECE):
                    piece = part[at : at + LARGEST_PIECE]
                    line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            said = _answer(line)
    except OSError as fault:
        raise ScannerAway(type(fault).__name__) from fault
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").partition(": ")[2] or "?"
    if said.endswith(": OK"):
        return ""
    raise ScannerAway("The scanner could not examine it.")


def answers() -> bool:
    """Whether the scanner gives a sign of life. Raises WronglyChosen."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def place_of_scanner() -> tuple[int, str | tuple[str, int]]:
    """Return the family and address of the scanner: ``unix:/run/clamav/clamd.ctl`` or ``tcp:127.0.0.1:3310``.

    Raises WronglyChosen.
    """
    how, _, where = settings.SCANNER.partition(":")
    if how == "unix" and where.startswith("/"):
        return socket.AF_UNIX, where
    host, _, port = where.rpartition(":")
    host = host.strip("[]")
    if how == "tcp" and host in LOCAL and port.isdecimal():
        return (socket.AF_INET6 if ":" in host else socket.AF_INET), (host, int(port))
    raise WronglyChosen(
        f"LEERHUIS_SCANNER is {settings.SCANNER!r}: give a scanner on this machine, such as unix:/run/clamav/clamd.ctl "
        "or tcp:127.0.0.1:3310."
    )


def _connected() -> socket.socket:
    family, address = place_of_scanner()
    line = socket.socket(family, socket.SOCK_STREAM)
    line.settimeout(settings.SCANNER_TIMEOUT)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
