"""Forms of practice: for authors the bank, the file, the search and the words of a question."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.people.models import Person
from leerhuis.practice import queries
from leerhuis.practice.change_forms import meaning_or_words
from leerhuis.practice.exchange.files import LARGEST_FILE, LARGEST_PASTE, TOO_LARGE
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Objective, Question, Source, Topic, Version
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


class _PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """People to tick, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of a person."""
        return str(obj.name)


class BankSettingsForm(BankForm):
    """The same, and how its authors work together."""

    four_eyes = forms.BooleanField(
        label=_("Four eyes"),
        required=False,
        help_text=_("Another author than the last writer takes a question into use."),
    )
    authors = _PeopleField(
        Person.objects.none(),
        label=_("Authors of this bank"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: everybody who may make practice questions. Administrators always may."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authors = self.fields["authors"]
        if isinstance(authors, _PeopleField):
            authors.queryset = queries.possible_authors()


class CommentForm(forms.Form):
    """What an author says about a question."""

    text = forms.CharField(label=_("Comment"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


def landing_form(bank: Bank, *args: Any) -> forms.Form:
    """Return the form that asks what questions of a file become; in a bank with four eyes not at once in use."""
    ways = [
        (Question.State.RELEASED, _("in use at once")),
        (Question.State.REVIEW, _("in review")),
        (Question.State.DRAFT, _("drafts")),
    ]
    offered = ways[1:] if bank.four_eyes else ways
    form = forms.Form(*args)
    form.fields["state"] = forms.ChoiceField(
        label=_("New questions become"), choices=offered, initial=offered[0][0], widget=forms.RadioSelect
    )
    form.fields["change"] = meaning_or_words(
        _("What changed in questions that are there?"),
        meaning=_("the meaning, where their text or answers differ"),
        words=_("only the words, such as typing errors"),
    )
    return form


def topic_form(bank: Bank) -> type[forms.Form]:
    """Return the form that asks for a topic of a bank."""

    class TopicForm(forms.Form):
        topic = forms.ModelChoiceField(Topic.objects.filter(bank=bank), label=_("Topic"), empty_label=_("choose"))

    return TopicForm


def aim_form(bank: Bank) -> type[forms.Form]:
    """Return the form that asks for a learning goal of a bank."""

    class AimForm(forms.Form):
        objective = forms.ModelChoiceField(
            Objective.objects.filter(bank=bank), label=_("Learning goal"), empty_label=_("choose")
        )

    return AimForm


class SourceOfForm(forms.Form):
    """On which source questions rest."""

    rests_on = forms.ModelChoiceField(
        Source.objects.all(), label=_("Rests on this source"), required=False, empty_label=_("no source")
    )


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
    comments = forms.BooleanField(label=_("With open comments"), required=False)

    def __init__(self, bank: Bank, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank
        topics = self.fields["topic"]
        if isinstance(topics, forms.ModelChoiceField):
            topics.queryset = Topic.objects.filter(bank=bank)

    def found(self) -> QuerySet[Question]:
        """Return the questions that fit; a nonsensical choice is passed over."""
        if not self.is_valid():
            return queries.with_open_comments(queries.questions_of(self.bank))
        data = self.cleaned_data
        topic = str(data["topic"].id) if data["topic"] else ""
        found = queries.questions_of(self.bank, search=data["q"], topic=topic, kind=data["kind"], state=data["state"])
        return queries.with_open_comments(found, only=data["comments"])


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
    change = forms.ChoiceField(
        label=_("What did you change?"),
        choices=[
            ("", _("leave it to us")),
            (Version.Change.WORDS, _("only the words, such as a typing error")),
            (Version.Change.MEANING, _("the meaning")),
        ],
        required=False,
        help_text=_(
            "After a change of meaning, learners who knew this question get it again and read that it changed. Left to "
            "us: other answers change the meaning, other words in question or explanation do not."
        ),
    )
