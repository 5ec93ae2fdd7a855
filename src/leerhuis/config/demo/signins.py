"""With whom one signs in to the demo: one invented person per role, one password, and a second step that is shown.

These secrets are made for show: an installation that is not the demo has none of them.
"""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from leerhuis.config.demo.content.kinds import Academy, Person
from leerhuis.config.demo.content.loader import ACADEMIES, sign_ins

PASSWORD = "leren-is-leuk"  # noqa: S105 - printed on the demo's own front page


@dataclass(frozen=True)
class SignIn:
    """A role that one can take in the demo: in which academy, under which address, with or without a second step."""

    academy: Academy
    role: str
    person: Person

    @property
    def second_step(self) -> bool:
        """True for roles that see other people's data."""
        return self.role != "learner"

    @property
    def secret(self) -> str:
        """Return the secret of the second step, the same each time the demo is built."""
        return b32encode(sha256(f"leerhuis demo {self.person.email}".encode()).digest()[:20]).decode()

    def __str__(self) -> str:
        step = "and the code on the front page" if self.second_step else "no second step"
        return f"{self.academy:<11} {self.role:<16} {self.person.email:<44} {PASSWORD}  ({step})"


SIGN_INS: tuple[SignIn, ...] = tuple(
    SignIn(academy, role, person) for academy in ACADEMIES for role, person in sign_ins(academy).items()
)


def sign_ins_of(academy: str) -> list[SignIn]:
    """Return the sign-ins of one academy, in the order of its file."""
    return [each for each in SIGN_INS if each.academy == academy]
