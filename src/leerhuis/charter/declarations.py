"""What a package declares in its `privacy.py`, from a closed list. Declarations are data, never code.

Each has a Dutch and an English text; a live figure in one is a settings key (`{settings.rights.answer_days}`).
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from leerhuis.charter.audiences import Sight
from leerhuis.charter.groups import Group
from leerhuis.charter.terms import Term
from leerhuis.charter.words import Word


class Basis(Enum):
    """The six grounds of article 6(1) AVG that are used here."""

    CONSENT = ("a", "uw toestemming", "your consent")
    CONTRACT = ("b", "de overeenkomst met u, of de stappen daarvoor", "the agreement with you, or the steps towards it")
    LAW = ("c", "een wettelijke plicht", "a legal duty")
    INTEREST = ("f", "ons gerechtvaardigd belang", "our legitimate interest")

    def __init__(self, letter: str, nl: str, en: str) -> None:
        self.letter, self.nl, self.en = letter, nl, en


CONSENT_GIVEN, CONTRACT, LAW, INTEREST = Basis.CONSENT, Basis.CONTRACT, Basis.LAW, Basis.INTEREST


class Capacity(Enum):
    """In which role the academy holds the data (article 4(7) and (8) AVG)."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


CONTROLLER, PROCESSOR = Capacity.CONTROLLER, Capacity.PROCESSOR


class Chosen(Protocol):
    """What an academy chose, by dotted key (`academies.settings.AcademySettings`)."""

    def value(self, key: str) -> object:
        """Return a setting by its dotted key."""


@dataclass(frozen=True)
class Declaration:
    """The base of everything a package declares.

    `when` is the settings key that must be on for it to hold in an academy (``features.practice``), off with "not "
    before it (``not sharing.ask_consent_first``), or have a value (``erasure.mode=delete``); without one it holds in
    all.
    """

    key: str
    nl: str
    en: str
    promises: tuple[str, ...] = field(default=(), kw_only=True)
    when: str | None = field(default=None, kw_only=True)

    def holds_under(self, chosen: Chosen) -> bool:
        """True when this declaration holds in an academy with these settings."""
        if self.when is None:
            return True
        key, _, wanted = self.when.removeprefix("not ").partition("=")
        found = chosen.value(key)
        holds = str(found) == wanted if wanted else bool(found)
        return holds is not self.when.startswith("not ")


@dataclass(frozen=True)
class Purpose(Declaration):
    """Why rows are kept, on which ground, until when, and who sees them.

    `rows` names the model with the clock (``enrolment.Enrolment``), `children` the models that go with it; of the
    person's own row the purpose claims the columns whose word it `uses`. Where one table is kept for several purposes,
    `only` pairs a column with the value that it has in the rows of this one. `clock` is the column from which the term
    runs, `otherwise` the one when the clock is empty. `term` is the settings key that may shorten or lengthen `keep`.
    `nl` and `en` complete the sentence "Wij gebruiken deze gegevens voor …". `interest_*` say which interest it is.
    `whose` names the categories of persons for the record of processing (article 30(1)(c) AVG).

    `lasting` says that a row without its clock has not ended (a role that somebody still has): then its term does not
    run. `holds` are the words of the person's own row that it keeps there, where those are not what it `uses`: a row
    that carries its own name and address keeps nobody's. `despite_erasure_*` names the ground of article 17(3) AVG on
    which the rows stay until the end of their term when their person asks to be erased; without one they go.
    """

    basis: Basis = field(kw_only=True)
    whose: tuple[Group, ...] = field(default=(), kw_only=True)
    rows: str = field(kw_only=True)
    uses: tuple[Word, ...] = field(kw_only=True)
    keep: Term = field(kw_only=True)
    clock: str = field(kw_only=True)
    clock_nl: str = field(kw_only=True)  # "na het einde van uw opleiding"
    clock_en: str = field(kw_only=True)  # "after the end of your course"
    otherwise: str = field(default="created_at", kw_only=True)
    children: tuple[str, ...] = field(default=(), kw_only=True)
    only: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    capacity: Capacity = field(default=CONTROLLER, kw_only=True)
    term: str | None = field(default=None, kw_only=True)
    seen_by: tuple[Sight, ...] = field(default=(), kw_only=True)
    interest_nl: str = field(default="", kw_only=True)
    interest_en: str = field(default="", kw_only=True)
    lasting: bool = field(default=False, kw_only=True)
    holds: tuple[Word, ...] | None = field(default=None, kw_only=True)
    despite_erasure_nl: str = field(default="", kw_only=True)
    despite_erasure_en: str = field(default="", kw_only=True)

    @property
    def held_words(self) -> tuple[Word, ...]:
        """The words of the person's own row that this purpose keeps there."""
        return self.uses if self.holds is None else self.holds

    @property
    def outlives_erasure(self) -> bool:
        """True where the law or a pressing reason keeps the rows when their person is erased."""
        return bool(self.despite_erasure_nl)


class Theme(Enum):
    """The headings of the statement under which facts and measures stand, in the order in which they are read."""

    ABOUT = "about"  # who is responsible, where to ask
    WHAT = "what"  # which data, from whom
    WHY = "why"
    PRACTISING = "practising"
    MAIL = "mail"
    SHARING = "sharing"
    SUPPLIERS = "suppliers"
    DECISIONS = "decisions"
    STORAGE = "storage"
    KEEPING = "keeping"
    SECURITY = "security"
    RESEARCH = "research"
    RIGHTS = "rights"
    COMPLAINTS = "complaints"
    CHANGES = "changes"


@dataclass(frozen=True)
class Measure(Declaration):
    """A fact about how we work, as one whole sentence of the statement, under a theme."""

    theme: Theme = field(kw_only=True)


class Use(Enum):
    """What is done with somebody's consent to a topic; each by a sender of its own, which asks for a proof."""

    NEWS = "news"  # mail that the marketer writes
    COMPARISON = "comparison"  # mail that compares a learner with groups like theirs
    REMINDER = "reminder"  # a word at a chosen hour that it is time to practise, on a device or by mail
    TOGETHER = "together"  # a challenge of a week with others of the same organisation, under a nickname
    FAULTS = "faults"  # the app tells us what went wrong on a device of theirs


@dataclass(frozen=True)
class Topic(Declaration):
    """Something that people get, or that is done, only with their own consent. `nl`/`en` name it ("nieuwsbrief").

    `wording_*` are the words put to them, beside a box that nobody ticks for them; `what_*` say in one line what comes
    of it. From an address that nobody has signed in with, consent counts after a link in a mail to it was followed.
    `begun` is False for what can be chosen already and is not done yet; the page says so. `by_mail` is False for what
    is no mail, and so does not ask that the academy sends news (`features.newsletter`). `needs_account` holds for what
    means something only to whoever signs in: a visitor with an address alone is not asked.
    """

    use: Use = field(kw_only=True)
    what_nl: str = field(kw_only=True)
    what_en: str = field(kw_only=True)
    wording_nl: str = field(kw_only=True)
    wording_en: str = field(kw_only=True)
    begun: bool = field(default=True, kw_only=True)
    by_mail: bool = field(default=True, kw_only=True)
    needs_account: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Storage(Declaration):
    """Something kept on the visitor's device: a cookie or the like. `nl`/`en` say what it is for.

    `lasts_nl`/`lasts_en` complete "… en verdwijnt …" ("als u de browser sluit").
    """

    kind: str = field(kw_only=True)  # cookie | localStorage | sessionStorage | IndexedDB | cache | push
    name: str = field(kw_only=True)
    lasts_nl: str = field(kw_only=True)
    lasts_en: str = field(kw_only=True)
    needed: bool = field(default=True, kw_only=True)  # strictly necessary: no consent asked (Tw 11.7a)


@dataclass(frozen=True)
class Recipient(Declaration):
    """Somebody outside the academy who receives data, with the words received and the ground. `nl`/`en` name them.

    `purposes` are the keys of the package's purposes for which they receive something. `knowingly` holds where the
    person knows beforehand what is given: they were told by agreement with their employer (K6), or hand out the key to
    it themselves. Then the stricter rule (K8) asks for no further consent. See `audit.outlet`.
    """

    words: tuple[Word, ...] = field(kw_only=True)
    basis: Basis = field(kw_only=True)
    why_nl: str = field(kw_only=True)
    why_en: str = field(kw_only=True)
    purposes: tuple[str, ...] = field(kw_only=True)
    knowingly: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Processor(Declaration):
    """A kind of supplier that works for the academy; which firm it is, where, stands in the academy's register.

    `holds_all` is true of who keeps everything, as a server or a place for copies: it goes with each purpose, and an
    academy may do it itself, so that no firm needs to be named.
    """

    role: str = field(kw_only=True)  # the `role` under which the register names a firm
    words: tuple[Word, ...] = field(kw_only=True)
    holds_all: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Registrar(Declaration):
    """Who is asked whether a firm that may receive data stands in the register, by lower floors. `nl`/`en` name it.

    `query` names a function ``(role) -> bool`` under `leerhuis` (``privacy.firms.is_registered``).
    """

    query: str = field(kw_only=True)


@dataclass(frozen=True)
class Told:
    """A value that a person is told about a row, by its path from there, with the words before it.

    A path of more than one step says by what a reader recognises the row (``run__course__title``); it ends in data
    about nobody. `marks` is True for text with simple marks (Markdown), which is shown as it was meant.
    """

    path: str
    nl: str
    en: str
    marks: bool = False


@dataclass(frozen=True)
class Listing(Declaration):
    """How a person reads the rows of one table that are about them. `nl`/`en` name the rows ("uw inschrijvingen").

    `tells` says what comes first, in order: the first is the row's heading. Columns that it leaves out follow with
    their own name. `withheld` pairs a column with a yes-or-no column: where that says yes, the first is not shown,
    because it would open something (a link that is as good as a password).
    """

    model: str = field(kw_only=True)
    tells: tuple[Told, ...] = field(kw_only=True)
    withheld: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Search(Declaration):
    """Rows that the office finds with the one search box. `nl`/`en` name them ("Mensen"); `place` orders the kinds.

    `query` names a function ``(viewer, text, limit) -> list[base.search.Hit]`` in a package's `queries`; `page` is the
    route of what is found, by its id. Who may not enter that page never has the question asked. `purpose` is the id of
    the purpose under which a look at the people who are found is written down.
    """

    query: str = field(kw_only=True)
    page: str = field(kw_only=True)
    sign: str = field(kw_only=True)
    place: int = field(kw_only=True)
    purpose: str = field(kw_only=True)


EACH_RESTORE: Final = "restore"  # no operation of the journal: what is done once after every restore


@dataclass(frozen=True)
class Replayed(Declaration):
    """What carries out an operation of the journal again after a restore. `nl`/`en` say it in words ("wissen").

    `operation` is a value of `audit.journal.Operation`; `action` the dotted name of a function under `leerhuis`
    (``privacy.actions.erase_again``), called as ``(subject_id, *, purpose, by)`` inside an edge. It finds out itself
    whether `subject_id` is a thing that it knows: a key of another package's table, or of a row that the backup does
    not hold, is passed over in silence; a second call changes nothing. For EACH_RESTORE it is called with `by` alone.
    """

    operation: str = field(kw_only=True)
    action: str = field(kw_only=True)


@dataclass(frozen=True)
class Followed(Declaration):
    """What goes along when rows of a model go, outside the database. `nl`/`en` name it ("de bestanden").

    `action` is the dotted name of a function under `leerhuis`, called as ``(ids, *, by)`` inside the edge *before* the
    rows with these ids are deleted. It changes no row of the model, but writes down in the same transaction what a
    worker does after the commit: what to remove, or whom to tell. `waiting` names a function ``(until: datetime) ->
    int``: how much of what was written down until a moment is still to be done. While it says more than 0 of the moment
    in which somebody's rows went, their erasure is not done.
    """

    model: str = field(kw_only=True)
    action: str = field(kw_only=True)
    waiting: str = field(default="", kw_only=True)  # empty: all of it is done at once


@dataclass(frozen=True)
class Filed(Declaration):
    """Documents about a person that may be kept for a purpose. `nl`/`en` name their kind ("bewijs van vooropleiding").

    `purpose` is the id of a declared purpose whose rows are documents. `query` names a function
    ``(viewer) -> QuerySet[Document]`` in a package's `queries`: who may open which, asked at each download.
    """

    purpose: str = field(kw_only=True)
    query: str = field(kw_only=True)
