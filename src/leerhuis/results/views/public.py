"""The public page on which whoever has number and surname sees whether a certificate is valid."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leerhuis.audit.outlet import Going, send
from leerhuis.base.limits import guess
from leerhuis.charter.words import IDENTITY, RESULT
from leerhuis.results.forms import CheckForm
from leerhuis.results.queries import Check, CheckWord, check_certificate


@never_cache
@sensitive_post_parameters("number", "surname")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Any, number: str = "") -> HttpResponse:
    """Ask number and surname, and answer valid, not valid or unknown. Keeps: W2.

    The answer comes on a POST, so that no surname stands in an address, a log or a history; the number may stand in the
    address, as on the certificate's QR code. Search engines are told to leave.
    """
    form = CheckForm(request.POST or None, initial={"number": number})
    answer = None
    if request.method == "POST" and form.is_valid():
        with guess(request, "certificate", account=form.cleaned_data["number"]) as this:
            answer = check_certificate(form.cleaned_data["number"], form.cleaned_data["surname"])
            if answer.word is not CheckWord.UNKNOWN:
                this.was_right()
        if answer.learner:
            going = Going("results.checker", "results.certificate", "results_check_certificate", (IDENTITY, RESULT))
            going.add([answer.learner])
            return send(going, partial(_answered, request, form, answer), by=request.actor)
    return _answered(request, form, answer)


def _answered(request: Any, form: CheckForm, answer: Check | None) -> HttpResponse:
    response = render(request, "results/check.html", {"form": form, "answer": answer})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
