"""The demo's letter box: takes every mail that the worker sends and keeps it as a file, so that none leaves.

Each mail becomes `LEERHUIS_HOME/mails/<moment>-<random>.eml`; `caught_mails` reads them back, newest first.
"""

import os
import re
import secrets
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from leerhuis.config.home import leerhuis_home, private_folder

LARGEST_MAIL: Final = 10 * 1024 * 1024
MOST_MAILS: Final = 2000
NAME: Final = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")
_PARSER: Final = BytesParser(policy=policy.default)


@dataclass(frozen=True)
class CaughtMail:
    """One caught mail: `name` is its file's without the ending, `text` its plain part, `at` the moment it came in."""

    name: str
    at: datetime
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str


class LetterBox:
    """What aiosmtpd calls for each mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one mail. A relay must not answer before it holds the mail, so the file is on disk first."""
        content = envelope.content or b""
        content = content.encode() if isinstance(content, str) else content
        keep(self.folder, content, [str(address) for address in envelope.rcpt_tos])
        return "250 kept"


def keep(folder: Path, content: bytes, recipients: list[str]) -> Path:
    """Write one mail and return its file. Its name comes from the clock and from chance, never from the mail."""
    now = datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    to = ", ".join(re.sub(r"[\r\n]", "", recipient) for recipient in recipients)
    fresh = folder / f".{name}"
    fresh.write_bytes(f"X-Caught-For: {to}\r\n".encode() + content)
    fresh.replace(folder / f"{name}.eml")
    for old in sorted(folder.glob("*.eml"))[:-MOST_MAILS]:
        old.unlink(missing_ok=True)
    return folder / f"{name}.eml"


def caught_mails(home: Path, limit: int = 50, to: str | None = None) -> list[CaughtMail]:
    """Return the mails that were caught, newest first, at most `limit`; with `to` only those to that address."""
    found: list[CaughtMail] = []
    for path in sorted((home / "mails").glob("*.eml"), reverse=True):
        if len(found) >= limit:
            break
        mail = read(path)
        if mail is not None and (to is None or to.casefold() in {address.casefold() for address in mail.to}):
            found.append(mail)
    return found


def caught_mail(home: Path, name: str) -> CaughtMail | None:
    """Return one caught mail by its name, None when there is none; a name that is none of ours reads no file."""
    return read(home / "mails" / f"{name}.eml") if NAME.fullmatch(name) else None


def read(path: Path) -> CaughtMail | None:
    """Return the mail in a file, None when the file is gone or not named by this module."""
    if not NAME.fullmatch(path.stem):
        return None
    try:
        message = _PARSER.parsebytes(path.read_bytes())
    except FileNotFoundError:
        return None
    return CaughtMail(
        name=path.stem,
        at=datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        sender=str(message.get("From", "")),
        to=tuple(address.strip() for address in str(message.get("X-Caught-For", "")).split(",")),
        subject=str(message.get("Subject", "")),
        text=part(message, "plain"),
        html=part(message, "html"),
    )


def part(message: EmailMessage, kind: str) -> str:
    """Return the body of a kind, '' when the mail has none; bytes that are no text become question marks."""
    body = message.get_body(preferencelist=(kind,))
    if body is None:
        return ""
    content = body.get_payload(decode=True)
    charset = body.get_content_charset() or "utf-8"
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(charset, errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")


def serve(folder: Path, port: int) -> Controller:
    """Start catching on a port of 127.0.0.1 and return what must be stopped; it runs in a thread."""
    controller = Controller(
        LetterBox(folder),
        hostname="127.0.0.1",
        port=port,
        data_size_limit=LARGEST_MAIL,
        enable_SMTPUTF8=True,
        ident="Leerhuis demo",
    )
    controller.start()
    return controller


def main() -> None:
    """Catch mails on LEERHUIS_SMTP_PORT until SIGTERM; the launcher runs this as a child."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    signal.signal(signal.SIGINT, lambda *_: over.set())
    controller = serve(private_folder(leerhuis_home(), "mails"), int(os.environ["LEERHUIS_SMTP_PORT"]))
    over.wait()
    controller.stop()


if __name__ == "__main__":
    main()
