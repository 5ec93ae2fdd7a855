"""What apps send and get: the forms of the API of practice, of which its document is made."""

from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from leerhuis.base.text import clean
from leerhuis.practice.merging import Fate, Remark
from leerhuis.practice.models import DeviceReport, Trouble
from leerhuis.practice.pacing import LEAST, LONGEST, MOST, SHORTEST, Why
from leerhuis.practice.verdicts import Outcome

MOST_QUESTIONS: Final = 200
MOST_BEGUN: Final = 3  # banks of which a start holds the next round
MOST_ANSWERS: Final = 500
MOST_FIELDS, MOST_VALUES, LONGEST_VALUE = 60, 60, 4_000
LONGEST_MS: Final = 10 * 60 * 1000

Text = Annotated[str, Field(max_length=LONGEST_VALUE), AfterValidator(clean)]
Name = Annotated[str, Field(max_length=40)]


class In(BaseModel):
    """What is sent: an unknown field is a mistake of the sender, which is better told than passed over."""

    model_config = ConfigDict(extra="forbid")


class BankOut(BaseModel):
    """A question bank that is open to the person."""

    id: UUID
    title: str
    summary: str
    language: str
    until: datetime = Field(description="Until when it is open.")
    questions: int
    seen: int = Field(description="How many of them were met.")
    due: int = Field(description="How many known ones are about to be forgotten.")
    waiting: int = Field(description="How many the next round of the usual length asks.")
    percent: int = Field(description="Predicted recall over all questions, 0 to 100.")
    minutes: int = Field(description="About how many minutes they take, at the person's own pace.")
    usual: int = Field(description="How many questions a round of the chosen minutes has.")
    behind: bool = Field(description="So much waits that its number would only discourage.")


class TopicOut(BaseModel):
    """Where a question belongs."""

    id: UUID
    title: str


class CardOut(BaseModel):
    """What is predicted of the person's memory of one question: FSRS-6."""

    stability: float = Field(description="Days after which recall has fallen to 0.9.")
    difficulty: float = Field(description="1 to 10.")
    state: int = Field(description="1 not known yet, 2 known, 3 known once and missed since.")
    step: int | None
    last_review: datetime
    due_at: datetime
    reps: int
    lapses: int


class MediaOut(BaseModel):
    """A picture, sound or film that a question shows."""

    name: str
    address: str = Field(description="Where to GET it; another content has another address.")
    media_type: str
    alt: str
    size: int = Field(description="Bytes.")
    width: int
    height: int


class SourceOut(BaseModel):
    """What makes an answer right for as long as it holds: an article of law, a norm, a protocol."""

    name: str
    address: str = Field(description="On the web; empty where it has none.")
    changed_on: date | None
    valid_until: date | None
    as_of: date = Field(description="Since when the question is as it is: how its answer was right on that day.")


class QuestionOut(BaseModel):
    """A question with all that is needed to ask and judge it without a connection."""

    id: UUID
    version: int
    kind: str
    why: Why = Field(description="Why it is asked now.")
    topic: TopicOut
    stem_html: str
    explanation_html: str
    content: dict[str, Any] = Field(
        description="Options, forms, pairs and so on by kind, the right answer among them. Each text has its HTML."
    )
    media: list[MediaOut]
    source: SourceOut | None
    changed: bool = Field(description="It came to mean something else since the person last answered it.")
    bookmarked: bool
    card: CardOut | None = Field(description="Null for a question that was never met.")


class RoundOut(BaseModel):
    """The next questions, in the order in which to ask them, and by which numbers to plan them."""

    bank: UUID
    now: datetime
    retention: float = Field(description="The recall at which a known question is due.")
    parameters: list[float] = Field(description="The 21 parameters of FSRS-6.")
    again_after_seconds: int = Field(description="When a missed question comes back.")
    longest_days: int = Field(description="The longest interval.")
    zone: str = Field(description="In which the days of the academy begin and end.")
    minutes: int = Field(description="How long a round takes by the wish of the person.")
    seconds_each: float = Field(description="How long the person takes for one question, its explanation included.")
    exam_on: date | None
    planned_on: date | None
    unseen: int = Field(description="How many questions of the bank were never met.")
    met_today: int = Field(description="How many were met for the first time today.")
    refreshed_today: int = Field(description="How many were repeated for the exam today.")
    questions: list[QuestionOut]


class AnswerIn(In):
    """One answer. Its id is made by the app, so that it can be sent again without counting again."""

    id: UUID
    question: UUID
    version: int = Field(ge=1, le=2**31 - 1, description="Of the question, as the app had it.")
    at: AwareDatetime = Field(description="When it was given. A clock that is wrong by a day at most is set right.")
    answer: dict[Name, Annotated[list[Text], Field(max_length=MOST_VALUES)]] = Field(
        default={},
        max_length=MOST_FIELDS,
        description="The fields of the answer: choice, text, order, match-0 …, gap-0 …, place, judged.",
    )
    took_ms: int | None = Field(default=None, ge=0, le=LONGEST_MS)
    shown: bool = Field(default=False, description="The right answer was looked at first; `answer` is left out.")


class AnswersIn(In):
    """Up to 500 answers, in any order."""

    answers: Annotated[list[AnswerIn], Field(min_length=1, max_length=MOST_ANSWERS)]


class TakenOut(BaseModel):
    """What became of one answer."""

    id: UUID
    question: UUID
    fate: Fate
    outcome: Outcome | None
    remarks: list[Remark]
    due_at: datetime | None = Field(description="When the question comes back, after all answers to it.")
    version: int | None = Field(description="The version of the question now.")


class AnswersOut(BaseModel):
    """What became of the answers, in the order in which they were sent."""

    now: datetime
    answers: list[TakenOut]


class ForecastOut(BaseModel):
    """How much is expected to be known at a moment by whoever stops now, in percents; 80 % of cases lie between."""

    percent: int
    low: int
    high: int


class TopicMasteryOut(BaseModel):
    """How one topic stands."""

    id: UUID
    title: str
    questions: int
    seen: int
    due: int
    percent: int
    exam: ForecastOut | None


class MasteryOut(BaseModel):
    """How a bank stands, topic by topic, and what is expected on the day of the exam (null without one)."""

    bank: UUID
    now: datetime
    questions: int
    seen: int
    due: int
    percent: int
    exam_on: date | None
    exam: ForecastOut | None
    topics: list[TopicMasteryOut]


class FaultIn(In):
    """A fault of the app on a device: what failed, where in the program, and which kind of device it is.

    What could tell of a person is taken out before anything is kept, and what is too long is cut off. With an `id`,
    made by the app, the same report sent again is kept once.
    """

    id: UUID | None = Field(None, description="Made by the app, so that a report sent again is kept once.")
    fault: str = Field(max_length=80, description="The name of the error, such as TypeError.")
    message: Annotated[str, Field(max_length=2_000), AfterValidator(clean)] = ""
    stack: Annotated[str, Field(max_length=20_000), AfterValidator(clean)] = ""
    version: str = Field(max_length=40, description="The version of the app.")
    device: DeviceReport.Device
    screen: DeviceReport.Screen
    language: Annotated[str, Field(max_length=20)] = ""
    reduced_motion: bool = False


class FaultsOut(BaseModel):
    """Whether the person switched on that faults are reported."""

    allowed: bool


class GoalIn(In):
    """What the person wants with a bank."""

    exam_on: date | None = None
    retention: float = Field(default=0.9, ge=LEAST, le=MOST)
    minutes: int = Field(default=4, ge=SHORTEST, le=LONGEST)


class GoalOut(BaseModel):
    """What the person wants with a bank; `chosen` is false for the usual plan of whoever chose nothing."""

    bank: UUID
    chosen: bool
    exam_on: date | None
    planned_on: date | None = Field(description="The day on which that of the exam was chosen.")
    retention: float
    minutes: int


class BookmarkOut(BaseModel):
    """A question that the person keeps to look at again."""

    question: UUID
    since: datetime


class TroubleIn(In):
    """What is the matter with a question."""

    trouble: Trouble


class DaysOut(BaseModel):
    """On which days of the last ten weeks the person practised, the earliest first."""

    today: date
    days: list[date]


class StartOut(BaseModel):
    """What a person can begin with, in one call."""

    banks: list[BankOut]
    days: list[date] = Field(description="On which of the last seventy days the person practised.")
    rounds: list[RoundOut] = Field(description="The next round of the banks that come first, as pages would ask it.")
    masteries: list[MasteryOut] = Field(description="How these banks stand.")
    asks_reminders: bool = Field(
        description="True after practice on three days, for who never said whether they want to be reminded."
    )
