"""News for the marketer: write it, see it and who gets it, send it once, and see how far it has come."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.consent import actions, mails
from leerhuis.consent.forms import NewsForm, language
from leerhuis.consent.models import News
from leerhuis.consent.queries import news_for, proof_of_nobody, readers_who_want
from leerhuis.consent.topics import topics_by_id
from leerhuis.mail.queries import progress_of_news
from leerhuis.mail.render import body_html
from leerhuis.ui.wording import number

PURPOSE = "consent.ledger"
SAMPLE = 8
PER_PAGE = 25


@require_safe
def news_list(request: Any) -> HttpResponse:
    """List news, newest first, with its topic and how far it has come."""
    page = Paginator(news_for(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    names = topics_by_id(language())
    rows = [(each, names[each.topic].name if each.topic in names else each.topic) for each in page]
    return render(request, "consent/news_list.html", {"page_obj": page, "rows": rows, "topics": bool(names)})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Any, news_id: UUID | None = None) -> HttpResponse:
    """Write news, or change a draft."""
    news = get_object_or_404(news_for(request.viewer), pk=news_id, state=News.State.DRAFT) if news_id else None
    form = NewsForm(request.POST or None, instance=news)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                kept = actions.write_news(news, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("consent_news", kept.id)
    return render(request, "consent/write_news.html", {"form": form, "news": news})


@require_safe
def news(request: Any, news_id: UUID) -> HttpResponse:
    """Show news as its readers get it: before sending with who would get it, after that with how far it has come."""
    item = get_object_or_404(news_for(request.viewer), pk=news_id)
    names = topics_by_id(language())
    shown: dict[str, Any] = {
        "news": item,
        "topic": names[item.topic].name if item.topic in names else item.topic,
        "previews": _previews(item),
    }
    if item.state == News.State.DRAFT:
        readers = readers_who_want(item.topic)
        sample = list(readers[:SAMPLE])
        look(
            by=request.actor,
            subjects=[each.person_id for each in sample if each.person_id],
            purpose=PURPOSE,
            screen="consent_news",
        )
        shown |= {"count": readers.count(), "sample": [each.to_address for each in sample]}
    else:
        shown["progress"] = progress_of_news(item.id)
    return render(request, "consent/news.html", shown)


@require_POST
def send(request: Any, news_id: UUID) -> HttpResponse:
    """Send a draft, once."""
    item = get_object_or_404(news_for(request.viewer), pk=news_id)
    try:
        with attempt():
            actions.send_news(item, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The mails are being made ready. They leave within some minutes."))
    return redirect("consent_news", news_id)


@require_POST
def drop(request: Any, news_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    item = get_object_or_404(news_for(request.viewer), pk=news_id)
    try:
        with attempt():
            actions.drop_news(item, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("consent_news", news_id)
    messages.success(request, _("The draft was thrown away."))
    return redirect("consent_news_list")


@require_POST
def steer(request: Any, news_id: UUID) -> HttpResponse:
    """Pause what has not left yet, let it go on, or stop it for good."""
    item = get_object_or_404(news_for(request.viewer), pk=news_id)
    steps: dict[str, Callable[..., int]] = {
        "pause": actions.pause_news,
        "go_on": actions.go_on_with_news,
        "stop": actions.stop_news,
    }
    act = steps.get(request.POST.get("step", ""), actions.pause_news)
    try:
        with attempt():
            count = act(item, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        words = ngettext("Done, for %(count)s mail.", "Done, for %(count)s mails.", count)
        messages.success(request, words % {"count": number(count)})
    return redirect("consent_news", news_id)


def _previews(item: News) -> list[dict[str, Any]]:
    """Return the mail in each language that it was written in, exactly as it goes, with links that lead nowhere."""
    found = []
    for each in ("nl", "en") if item.body_en else ("nl",):
        mail = mails.news.preview(item, proof_of_nobody(item.topic, each))
        html = mark_safe(body_html(mail.body))  # noqa: S308 - Markdown with HTML switched off
        found.append({"language": each, "title": mail.title, "html": html})
    return found
