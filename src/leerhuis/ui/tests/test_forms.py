"""Forms say why they ask, and what is wrong, where a person and a screen reader look for it."""

from django import forms
from django.template import Context, Template
from django.utils import translation

SHOW = Template("{% load crispy_forms_tags %}{{ form|crispy }}")


class Registration(forms.Form):
    email = forms.EmailField(label="Address", help_text="We send the confirmation to it.")
    diet = forms.CharField(label="Diet", required=False)
    lunch = forms.BooleanField(label="Lunch", required=False)
    mode = forms.ChoiceField(
        label="How", widget=forms.RadioSelect, choices=[("venue", "At the venue"), ("online", "Online")]
    )

    def clean(self) -> None:
        if self.cleaned_data.get("diet") == "none" and self.cleaned_data.get("lunch"):
            raise forms.ValidationError("These two do not go together.")


def show(form: forms.Form) -> str:
    with translation.override("en"):
        return SHOW.render(Context({"form": form}))


def test_the_reason_stands_under_the_label_and_is_read_with_the_field():
    shown = show(Registration())
    assert shown.index("Address") < shown.index("We send the confirmation") < shown.index('name="email"')
    assert 'id="id_email_helptext"' in shown
    assert 'aria-describedby="id_email_helptext"' in shown


def test_only_what_may_be_left_out_is_marked():
    shown = show(Registration())
    assert shown.count("(optional)") == 1
    assert shown.index("Diet") < shown.index("(optional)")
    assert "asterisk" not in shown


def test_a_fault_is_tied_to_its_field():
    shown = show(Registration({"email": "anna@", "mode": "venue"}))
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_email_helptext id_email_error"' in shown
    assert '<div id="id_email_error">' in shown
    assert 'value="anna@"' in shown


def test_choices_form_a_group_with_a_name():
    shown = show(Registration({"email": "anna@leerhuis.example"}))
    assert '<legend class="form-label">' in shown
    assert '<fieldset aria-describedby="id_mode_error">' in shown
    assert shown.count('type="radio"') == 2


def test_what_is_wrong_with_the_whole_is_said_above():
    shown = show(Registration({"email": "a@b.nl", "mode": "venue", "diet": "none", "lunch": "on"}))
    assert 'role="alert" data-faults' in shown
    assert shown.index("These two do not go together.") < shown.index('name="email"')
