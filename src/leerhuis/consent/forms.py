"""Forms about agreements with employers, about what readers choose, and about news."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.consent.models import Choice, News
from leerhuis.consent.topics import Offered, news_topics, topics_offered
from leerhuis.ui.guarding import GuardsTexts


def language() -> str:
    """Return the language of the page, ``nl`` or ``en``."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


class AgreementForm(forms.Form):
    """What an employer may see of the enrolments that it orders from now on."""

    attendance = forms.BooleanField(
        label=_("Attendance"), required=False, help_text=_("Whether the learner was at each lesson.")
    )
    progress = forms.BooleanField(
        label=_("Progress of the course"),
        required=False,
        help_text=_("How many lessons the learner has followed. Never how somebody practises."),
    )
    result = forms.BooleanField(
        label=_("Result and certificate"), required=False, help_text=_("Only with a reason of its own.")
    )
    result_ground = forms.CharField(
        label=_("Why the employer may see the result"),
        max_length=200,
        required=False,
        help_text=_("The learner reads this. Needed only if you tick the result."),
    )
    reference = forms.CharField(
        label=_("Where this is written down"),
        max_length=200,
        help_text=_("So that it can be found again, such as “Framework contract 2027, page 4”."),
    )


class TopicsForm(forms.Form):
    """What a reader wants: a box per topic, ticked only by themselves, and whether they are old enough to say so."""

    of_age = forms.BooleanField(label=_("I am 16 or older"), required=False)
    parent_email = forms.EmailField(
        label=_("Younger than 16? The e-mail address of one of your parents"),
        required=False,
        max_length=254,
        help_text=_("We ask them whether they agree. Until then we send you nothing."),
    )

    has_account = True

    def __init__(
        self,
        *args: Any,
        given: set[str] | None = None,
        asks_age: bool = True,
        has_account: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        account = self.has_account if has_account is None else has_account
        self.topics = topics_offered(language(), account=account)
        boxes = {
            _name(topic): forms.BooleanField(
                label=topic.wording,
                required=False,
                help_text=topic.what,
                initial=topic.id in (given or set()),
            )
            for topic in self.topics
        }
        rest = dict(self.fields) if asks_age else {}
        self.fields = {**{name: rest.pop(name) for name in list(rest) if name == "email"}, **boxes, **rest}

    @property
    def chosen(self) -> list[str]:
        """Return the ids of the topics that are ticked."""
        return [topic.id for topic in self.topics if self.cleaned_data.get(_name(topic))]


class SubscribeForm(TopicsForm):
    """Subscribing on the website, without an account."""

    has_account = False
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class RecordChoiceForm(GuardsTexts, forms.Form):
    """What somebody said by telephone or on paper, as the office records it."""

    guarded = ("reference",)
    topic = forms.ChoiceField(label=_("What about"))
    given = forms.ChoiceField(
        label=_("What they said"),
        choices=[("yes", _("yes, they want this")), ("no", _("no, they no longer want this"))],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, each.label) for each in (Choice.Channel.PHONE, Choice.Channel.PAPER)],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label=_("Where this can be found again"),
        max_length=200,
        help_text=_("Such as “called on 3 March at 14.10” or “form of the open day, folder 2”. They can read this."),
    )

    def __init__(self, *args: Any, by_address: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: list[Offered] = topics_offered(language(), account=not by_address)
        self.fields["topic"].choices = [(topic.id, topic.name) for topic in topics]  # type: ignore[attr-defined]
        if by_address:
            email = forms.EmailField(label=_("Their e-mail address"), max_length=254)
            self.fields = {"email": email, **self.fields}


class NewsForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs knows no parameters of a form
    """A draft of news."""

    class Meta:
        model = News
        fields: ClassVar[list[str]] = ["topic", "title", "body", "title_en", "body_en"]
        widgets: ClassVar = {
            "topic": forms.Select,
            "body": forms.Textarea(attrs={"rows": 10}),
            "body_en": forms.Textarea(attrs={"rows": 6}),
        }
        labels: ClassVar = {"topic": _("Who gets it")}
        help_texts: ClassVar = {
            "topic": _("Everybody who consented to this, at the moment of sending."),
            "body": _("Simple marks may be used: **bold**, - a list, [a link](https://example.org). No pictures."),
            "body_en": _("For readers who chose English. Without it they get the Dutch text."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(topic.id, topic.name) for topic in news_topics(language())]
        self.fields["topic"] = forms.ChoiceField(
            label=self.fields["topic"].label, help_text=self.fields["topic"].help_text, choices=choices
        )


def _name(topic: Offered) -> str:
    return "topic-" + topic.id.replace(".", "-")
