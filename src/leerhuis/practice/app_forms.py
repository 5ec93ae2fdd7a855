"""The forms of what the app does on consent: whether, how and when to be reminded, and reports of faults."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.consent.queries import name_of_topic, reader_of, said_of_age, wording_of
from leerhuis.people.models import Person
from leerhuis.practice.challenge import TOGETHER
from leerhuis.practice.device_reports import REPORTS
from leerhuis.practice.due_reminders import MAIL, PUSH
from leerhuis.practice.nicknames import LONGEST, SHORTEST
from leerhuis.practice.reminding import FIRST_HOUR, LAST_HOUR, Times, days_in, sum_of_days

WAYS = {"push": PUSH, "mail": MAIL}
DAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def language() -> str:
    """Return the language of the page, ``nl`` or ``en``."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def asks_age(person: Person) -> bool:
    """True for somebody who has yet to say that they are old enough, and for a child."""
    reader = reader_of(person)
    return reader is None or not said_of_age(reader) or reader.needs_parent_until is not None


class OwnConsentForm(forms.Form):
    """A form in which somebody consents to something: it asks once whether they are old enough, at its end."""

    of_age = forms.BooleanField(label=_("I am 16 or older"), required=False)
    parent_email = forms.EmailField(
        label=_("Younger than 16? The e-mail address of one of your parents"),
        required=False,
        max_length=254,
        help_text=_("We ask them whether they agree. Until then we send you nothing."),
    )

    def __init__(self, *args: Any, asks_age: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        age = {name: self.fields.pop(name) for name in ("of_age", "parent_email")}
        if asks_age:
            self.fields |= age


class SwitchForm(OwnConsentForm):
    """The switch of the reports of faults; the words beside it are those of the topic, and kept with the consent."""

    wanted = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].label = wording_of(REPORTS, language())


class NicknameForm(OwnConsentForm):
    """A nickname for the challenge, and the box with the words of the topic."""

    nickname = forms.CharField(
        label=_("Your nickname"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("Your own name is not needed, and not allowed: nobody is to know that it is you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    wanted = forms.BooleanField(error_messages={"required": _("Tick that you want to take part.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].label = wording_of(TOGETHER, language())


class ReminderForm(OwnConsentForm):
    """By which way, at which hour, on which days, and whether in working hours; and once whether one is old enough.

    The words beside the boxes are those of the topics: they are kept with the consent.
    """

    push = forms.BooleanField(required=False)
    mail = forms.BooleanField(required=False)
    hour = forms.TypedChoiceField(
        label=_("At what time?"),
        coerce=int,
        choices=[(hour, f"{hour}:00") for hour in range(FIRST_HOUR, LAST_HOUR + 1)],
    )
    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        coerce=int,
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    at_work = forms.BooleanField(
        label=_("It may come in working hours, too"),
        required=False,
        help_text=_("From Monday to Friday between nine and five. Without this tick nothing comes then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, topic in WAYS.items():
            if name_of_topic(topic, language()):
                self.fields[name].label = wording_of(topic, language())
            else:
                del self.fields[name]

    @property
    def topics(self) -> list[str]:
        """Return the topics that are ticked."""
        return [topic for name, topic in WAYS.items() if self.cleaned_data.get(name)]

    @property
    def times(self) -> Times:
        """Return when reminders are welcome."""
        said = self.cleaned_data
        return Times(said["hour"], sum_of_days(said["days"]), said["at_work"])


def shown(times: Times, *, push: bool, mail: bool) -> dict[str, Any]:
    """Return what the form shows of how it stands."""
    return {"push": push, "mail": mail, "hour": times.hour, "days": days_in(times.days), "at_work": times.at_work}
