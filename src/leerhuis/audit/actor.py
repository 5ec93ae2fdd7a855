"""The actor of an act: a person in a role, a visitor without an account, a job, or the operator."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """What sort of actor it is."""

    PERSON = "person"
    VISITOR = "visitor"
    JOB = "job"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Actor:
    """Who acts: handed to every action as `by`, and written into the note of what was done."""

    kind: ActorKind
    person_id: UUID | None = None
    role: str = ""

    @classmethod
    def person(cls, person_id: UUID, role: str = "learner") -> "Actor":
        """A signed-in person, with the role in which the page was opened (an audience's key)."""
        return cls(ActorKind.PERSON, person_id, role)

    @classmethod
    def visitor(cls) -> "Actor":
        """Somebody who is not signed in."""
        return cls(ActorKind.VISITOR, role="visitor")

    @classmethod
    def job(cls, name: str) -> "Actor":
        """The house itself, in a job of this name."""
        return cls(ActorKind.JOB, role=name)

    @classmethod
    def operator(cls) -> "Actor":
        """The person at the command line of the machine."""
        return cls(ActorKind.OPERATOR, role="operator")
