"""A mail server of the test: it counts what arrives, and can be slow."""

import asyncio
import socket
from collections import Counter
from email import message_from_bytes
from email.policy import default
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class LetterBox:
    """A real SMTP server; `arrived` counts mails by Message-ID, `seconds` is how long it takes over each."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()
        self.at_work = 0
        self.seconds = 0.0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take one mail."""
        assert isinstance(envelope.content, bytes)
        self.arrived[str(message_from_bytes(envelope.content, policy=default)["Message-ID"])] += 1
        self.at_work += 1
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.at_work -= 1
        return "250 OK"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.stop()
