"""Reading people, within rights."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils.crypto import salted_hmac

from leerhuis.base.clock import now
from leerhuis.base.search import Hit, Holds, exact_question, folded, lenient_question, question
from leerhuis.base.text import fold
from leerhuis.documents.models import Document
from leerhuis.mail.kinds import MailTo
from leerhuis.people.devices import browser_and_system
from leerhuis.people.models import PERSON_FOUND_BY, Person, Role, SignIn, Store
from leerhuis.people.rules import KEPT_SIGN_IN, STAFF_SIGN_IN, LinkExpired, needs_second_factor
from leerhuis.people.stores import SIGN_IN, SessionStore

INVITATION_DAYS = 14
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
READ_AT_MOST = 300  # people read for one search; who has a common name types on


class _Named(NamedTuple):
    """What a search reads of somebody: a plain row, since it reads hundreds to show six."""

    id: UUID
    first_name: str
    last_name: str
    sort_name: str
    email: str | None
    state: str

    @property
    def name(self) -> str:
        """Return the name as `Person.name` has it."""
        return f"{self.first_name} {self.last_name}".strip()


def device_in(said: str) -> tuple[str, str]:
    """Return browser and system in plain words from what a browser says of itself; see `devices`."""
    return browser_and_system(said)


def recipient(person: Person) -> MailTo:
    """Return a person as the reader of a mail."""
    return MailTo(person.id, person.name, person.email or "", person.language)


def owner_of(address: str, *, apart_from: Person) -> Person | None:
    """Return who else uses an e-mail address, if anybody does."""
    return Person.objects.exclude(pk=apart_from.pk).filter(email__iexact=address).first()


def roles_of(person_id: UUID) -> frozenset[str]:
    """Return the names of the roles a person has now."""
    return frozenset(Role.objects.filter(person=person_id, ended_at=None).values_list("name", flat=True))


RowT = TypeVar("RowT", bound=Model)


def unrestricted(rows: QuerySet[RowT], path: str = "") -> QuerySet[RowT]:
    """Keep the rows whose person's data may be used; `path` leads from a row to the person ("learner", "" for people).

    Every read of other people's rows for pages, searches, lists, sheets, counts and mails begins with this; what is
    one's own does not. Only the pages of `privacy` for restricted people leave it out. The few who are restricted are
    looked up, by an index of them alone, instead of everybody whose rows are counted. Keeps: L21.
    """
    if not path:
        return rows.filter(restricted_at=None)
    return rows.exclude(**{f"{path}__in": Person.objects.exclude(restricted_at=None).values("pk")})


def restricted_people() -> QuerySet[Person]:
    """Return the people whose data are only kept, by name. For the pages of privacy alone."""
    return Person.objects.exclude(restricted_at=None).exclude(state=Person.State.ERASED).order_by("sort_name", "id")


def people_for(viewer: Any) -> QuerySet[Person]:
    """Return the people a viewer may see: office staff and the privacy officer everyone, anyone else themselves."""
    living = Person.objects.exclude(state=Person.State.ERASED).order_by("sort_name", "id")
    if viewer is None:
        return living.none()
    if viewer.is_office or "privacy_officer" in viewer.roles:
        return unrestricted(living)
    return living.filter(pk=viewer.person_id)


def whose_documents(viewer: Any) -> QuerySet[Person]:
    """Return the people whose documents a viewer may open: the office everyone's, anyone else their own."""
    seen = people_for(viewer).order_by()
    return seen if viewer is None or viewer.is_office else seen.filter(pk=viewer.person_id)


def arrangements_for(viewer: Any) -> QuerySet[Document]:
    """Return the documents about arrangements with people that a viewer may open."""
    return Document.objects.filter(person__in=whose_documents(viewer).values("pk"))


def find_people(viewer: Any, words: str) -> QuerySet[Person]:
    """Return the people a viewer may see whose name or address holds every word, blind to accents and case."""
    found = people_for(viewer)
    for part in words.split()[:6]:
        found = found.filter(Q(sort_name__contains=fold(part)) | Q(email__icontains=part))
    return found


def search_people(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the people a viewer may see by parts of their name or address, in any order; whole words come first."""
    seen = people_for(viewer).order_by()
    found = _named(seen, question(text))
    if len(found) == READ_AT_MOST:  # a beginning that many share: have whom it names whole among them
        found = _named(seen, exact_question(text)) + found
    return _ranked(found, text, limit)


def search_people_forgiving(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return people in spite of small errors: letters swapped, one too many, a name written as it sounds."""
    return _ranked(_named(people_for(viewer).order_by(), lenient_question(text)), text, limit)


def _ranked(found: list[_Named], text: str, limit: int) -> list[Hit]:
    words = set(folded(text).split())
    unique = {person.id: person for person in found}.values()
    ranked = sorted(unique, key=lambda p: (-len(words & set(folded(p.name).split())), p.sort_name, p.id))
    return [
        Hit(person.id, person.name, " · ".join(filter(None, (person.email, _standing(person)))), person.id)
        for person in ranked[:limit]
    ]


def _named(people: QuerySet[Person], asked: str) -> list[_Named]:
    if not asked:
        return []
    found = people.filter(Holds(PERSON_FOUND_BY, asked)).values_list(*_Named._fields)[:READ_AT_MOST]
    return [_Named(*row) for row in found]


def _standing(person: _Named) -> str:
    return "" if person.state == Person.State.ACTIVE else str(Person.State(person.state).label)


def held_people(ids: Sequence[UUID]) -> list[Person]:
    """Return the people of these ids who are not erased, locked until the transaction ends, in the order of locks."""
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).exclude(state=Person.State.ERASED)
    return list(unrestricted(rows).order_by("id"))


def invited_and_silent(viewer: Any, since: datetime) -> QuerySet[Person]:
    """Return the people a viewer may see who were entered by staff before a moment and never opened their account."""
    silent = people_for(viewer).filter(state=Person.State.INVITED, created_at__lt=since, email__isnull=False)
    return silent.filter(Exists(Role.objects.filter(person=OuterRef("pk"), ended_at=None))).order_by("created_at", "id")


def with_role_names(people: QuerySet[Person]) -> QuerySet[Person]:
    """Have each person's roles of this moment fetched along, as `current_roles`, in one further query."""
    now = Role.objects.filter(ended_at=None).order_by("name")
    return people.prefetch_related(Prefetch("roles", queryset=now, to_attr="current_roles"))


def invitation_token(person: Person) -> str:
    """Return a signed, expiring token that stops working once a password is set, or the address is another one."""
    return TimestampSigner(salt="invitation").sign(f"{person.id.hex}{_mark_of_account(person)}")


def person_of_invitation(token: str) -> Person:
    """Return whom an invitation is for; raises LinkExpired when it is forged, used or older than two weeks."""
    try:
        value = TimestampSigner(salt="invitation").unsign(token, max_age=INVITATION_DAYS * 86_400)
        person = Person.objects.get(pk=UUID(value[:32]))
    except (BadSignature, ValueError, Person.DoesNotExist) as fault:
        raise LinkExpired from fault
    if person.has_usable_password() or _mark_of_account(person) != value[32:] or not person.is_active:
        raise LinkExpired
    return person


def _mark_of_account(person: Person) -> str:
    """Return eight characters that change with password and address, and from which nothing of them can be read."""
    told = f"{person.password} {(person.email or '').lower()}"
    return salted_hmac("leerhuis.people.invitation", told, algorithm="sha256").hexdigest()[:8]


def is_last_administrator(person_id: UUID) -> bool:
    """True when nobody but this person administers the academy."""
    now = Role.objects.filter(name=Role.Name.ACADEMY_ADMIN, ended_at=None)
    others = now.exclude(person=person_id).filter(person__state__in=(Person.State.ACTIVE, Person.State.INVITED))
    return now.filter(person=person_id).exists() and not others.exists()


def trainers() -> QuerySet[Person]:
    """Return everyone who is a trainer now, by name."""
    now = Person.objects.filter(roles__name=Role.Name.TRAINER, roles__ended_at=None)
    return unrestricted(now).order_by("sort_name")


def sign_in_of(person_id: UUID, sign_in_id: str | None) -> SignIn | None:
    """Return a sign-in that is still open, in one query with what decides about the second step.

    `role_names` are the person's roles of this moment, `has_second_step` says that they set up an app or a passkey.
    """
    if not sign_in_id:
        return None
    return _with_rights(SignIn.objects.filter(pk=sign_in_id, person=person_id, ended_at=None, scope="")).first()


def token_with(sign_in_id: UUID) -> SignIn | None:
    """Return the sign-in of an app with its person while it is open, annotated like `sign_in_of`."""
    apps = SignIn.objects.filter(pk=sign_in_id, ended_at=None, expires_at__gt=now()).exclude(scope="")
    return _with_rights(apps).select_related("person").first()


def _with_rights(sign_ins: QuerySet[SignIn]) -> QuerySet[SignIn]:
    roles = Role.objects.filter(person=OuterRef("person"), ended_at=None).values("name")
    steps = Authenticator.objects.filter(user=OuterRef("person"), type__in=SECOND_STEPS)
    annotated: QuerySet[SignIn] = sign_ins.annotate(role_names=ArraySubquery(roles), has_second_step=Exists(steps))
    return annotated


def sign_ins_of(person_id: UUID) -> QuerySet[SignIn]:
    """Return where a person is signed in, the last used first; those that ran out of themselves are not among them.

    Apps with a token are among them until it runs out.
    """
    in_browser = Q(scope="", last_used_at__gt=now() - KEPT_SIGN_IN)
    if needs_second_factor(roles_of(person_id)):
        in_browser &= Q(created_at__gt=now() - STAFF_SIGN_IN)
    still = SignIn.objects.filter(person=person_id, ended_at=None).filter(in_browser | Q(expires_at__gt=now()))
    return still.order_by("-last_used_at")


def signed_in_still(person_id: Any) -> QuerySet[Store]:
    """Return what the server remembers of a person's sign-ins that have not run out; also for a column of a query."""
    return Store.objects.filter(person=person_id, expire_date__gt=now())


def is_signed_in_by(sign_in_id: UUID, person_id: UUID) -> bool:
    """True while a browser is in by this sign-in: nobody ended it, and it has not run out."""
    stores = signed_in_still(person_id).values_list("session_data", flat=True)
    return any(SessionStore().decode(each).get(SIGN_IN) == str(sign_in_id) for each in stores)


def uses_second_step(person: Person) -> bool:
    """True when a person has set up an app or a passkey as second step (recovery codes alone are none)."""
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND_STEPS).exists())


def recovery_codes_left(person: Person) -> int:
    """Return how many of a person's recovery codes have not been used."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.data.get("hashes", [])) if kept else 0


def code_digest(person: Person, code: str) -> str:
    """Return how a recovery code is kept: hashed with a secret that does not stand in the database."""
    plain = code.replace("-", "").replace(" ", "").upper()
    return salted_hmac("recovery code", f"{person.id}{plain}", algorithm="sha256").hexdigest()
