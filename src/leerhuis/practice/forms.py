"""Forms of practice: for authors the bank, the file, the search and the words of a question."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.practice import queries
from leerhuis.practice.exchange.files import LARGEST_FILE, LARGEST_PASTE, TOO_LARGE
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Question, Topic
from leerhuis.practice.written import TextFormat

# What a browser offers first; what a file is, is found in its content all the same.
ENDINGS = ".xml,.gift,.txt,.csv,.xlsx,.json,.zip,.apkg"


class BankForm(forms.Form):
    """What a bank is called and said to be."""

    title = forms.CharField(label=_("Title"), max_length=150)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Learners read this above the practice."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("nl", "Nederlands"), ("en", "English")])


class ImportForm(forms.Form):
    """Questions, as a file of any form that is read here or pasted, and the topic for those without one."""

    file = forms.FileField(
        label=_("File with questions"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=_("Choose a file, or drag one onto this field. At most 10 MB."),
    )
    text = forms.CharField(
        label=_("Or paste the text here"),
        required=False,
        max_length=LARGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    topic = forms.CharField(
        label=_("Topic for questions without a category"),
        required=False,
        max_length=150,
        help_text=_("Empty: the title of the bank."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and give it as bytes with a name."""
        data = super().clean() or {}
        upload = data.get("file")
        if upload and upload.size > LARGEST_FILE:
            raise forms.ValidationError({"file": str(TOO_LARGE)})
        if not upload and not data.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file or paste a text."))
        data["content"] = upload.read() if upload else data["text"].encode("utf-8", "replace")
        data["name"] = upload.name if upload else str(_("pasted text"))
        return data


class BankFilter(django_filters.FilterSet):
    """Searching the banks by title."""

    q = django_filters.CharFilter(label=_("Title"), method="with_words")

    class Meta:
        model = Bank
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Bank], name: str, value: str) -> QuerySet[Bank]:
        """Keep banks whose title holds the words."""
        return queryset.filter(title__icontains=value)


class QuestionSearch(forms.Form):
    """Searching the questions of one bank."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("all"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *Kind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Question.State.choices])

    def __init__(self, bank: Bank, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank
        topics = self.fields["topic"]
        if isinstance(topics, forms.ModelChoiceField):
            topics.queryset = Topic.objects.filter(bank=bank)

    def found(self) -> QuerySet[Question]:
        """Return the questions that fit; a nonsensical choice is passed over."""
        if not self.is_valid():
            return queries.questions_of(self.bank)
        data = self.cleaned_data
        topic = str(data["topic"].id) if data["topic"] else ""
        return queries.questions_of(self.bank, search=data["q"], topic=topic, kind=data["kind"], state=data["state"])


class QuestionForm(forms.Form):
    """The words of a question that every kind has."""

    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("For lists; learners do not see it.")
    )
    topic = forms.CharField(
        label=_("Topic"),
        max_length=150,
        widget=forms.TextInput(attrs={"list": "topics"}),
        help_text=_("An existing one, or a new one."),
    )
    stem = forms.CharField(label=_("Question"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    stem_format = forms.ChoiceField(label=_("Written as"), choices=TextFormat.choices)
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown after each answer, right or not."),
    )
    objectives = forms.CharField(
        label=_("Learning goals"),
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: goals of the bank, or new ones."),
    )
    rests_on = forms.CharField(
        label=_("Rests on this source"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "sources"}),
        help_text=_("What makes the answer right, such as an article of law: an existing source, or a new one."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
