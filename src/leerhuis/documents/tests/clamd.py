"""A stand-in for clamd that speaks its protocol (man clamd, COMMANDS: zPING, zINSTREAM) on a socket of this machine."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leerhuis.documents.tests.factories import EICAR


class Clamd:
    """Takes files, remembers them, and finds the EICAR test file; `largest` is its StreamMaxLength."""

    def __init__(self, address: str | tuple[str, int], *, largest: int = 25 << 20, silent: bool = False) -> None:
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.bind(address)
        self.socket.listen()
        self.largest, self.silent = largest, silent
        self.seen: list[bytes] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        """Where it listens, as LEERHUIS_SCANNER has it."""
        name = self.socket.getsockname()
        return f"unix:{name}" if isinstance(name, str) else f"tcp:{name[0]}:{name[1]}"

    def close(self) -> None:
        """Stop listening."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            with line:
                line.settimeout(5)
                try:
                    self._answer(line)
                except OSError:
                    continue

    def _answer(self, line: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += line.recv(1)
        if self.silent:
            line.recv(1 << 20)
            threading.Event().wait(2)
            return
        if command == b"zPING\0":
            line.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", _exactly(line, 4))[0]:
            content += _exactly(line, length)
            if len(content) > self.largest:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR.encode() in content else b"stream: OK\0")


def _exactly(line: socket.socket, length: int) -> bytes:
    found = b""
    while len(found) < length:
        part = line.recv(length - len(found))
        if not part:
            raise OSError
        found += part
    return found


@contextmanager
def clamd(folder: Path, *, tcp: bool = False, largest: int = 25 << 20, silent: bool = False) -> Iterator[Clamd]:
    """Run a stand-in until the end of the block."""
    made = Clamd(("127.0.0.1", 0) if tcp else str(folder / "c.ctl"), largest=largest, silent=silent)
    try:
        yield made
    finally:
        made.close()
