"""The head of the seals outside the database: how many there are and the hash of the last, signed, beside the journal.

Who can change every row of the database can make its seals anew from the first to the last, but not this.
"""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leerhuis.audit.ledger import Damaged, Ledger, replace_file
from leerhuis.audit.signing import is_signed, sign
from leerhuis.base.edge import current_academy


@dataclass(frozen=True)
class Head:
    """That up to this number, with this hash, the seals were so at a moment."""

    number: int
    digest: str
    at: str


class HeadFile:
    """The file `KEY.seals` of one academy in the folder of the journal, or a copy of it that was kept elsewhere."""

    def __init__(self, academy: str, path: Path | None = None) -> None:
        self.academy = academy
        self.path = path or Ledger(academy).folder / f"{academy}.seals"

    def held(self) -> AbstractContextManager[None]:
        """Be the only one who writes to the folder; makes it."""
        return Ledger(self.academy).held()

    def read(self) -> Head | None:
        """Return the head, None where none was ever written. Raises OSError, and Damaged when nobody here signed it."""
        if not self.path.exists():
            return None
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            head = Head(int(found["n"]), str(found["hash"]), str(found["at"]))
            signature = found["signature"]
        except (ValueError, TypeError, KeyError) as fault:
            raise Damaged(f"{self.path}: it is no head of seals.") from fault
        if not is_signed(signature, self.academy, "seals", head.number, head.digest, head.at):
            raise Damaged(f"{self.path}: the signature is not this installation’s.")
        return head

    def write(self, number: int, digest: str, at: datetime) -> None:
        """Put another head in place of this one, at once and for good. Raises OSError."""
        moment = at.isoformat(timespec="seconds")
        signature = sign(self.academy, "seals", number, digest, moment)
        with self.held():
            told = {"n": number, "hash": digest, "at": moment, "signature": signature}
            replace_file(self.path, json.dumps(told, separators=(",", ":")).encode() + b"\n")


def head_file() -> HeadFile:
    """Return the head of the academy that is entered."""
    return HeadFile(current_academy().schema_name)
