"""Fitting the scheduler to the academy's own answers, and choosing what practice is scheduled by."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.base.jobs import defer
from leerhuis.practice.fits import all_histories, move_memories
from leerhuis.practice.fitting import Fitted, Verdict, fit
from leerhuis.practice.forgetting import forget_parameters, parameters_in_use
from leerhuis.practice.models import Fit
from leerhuis.practice.rules import NotBetter

MOVE = "practice.move_memories"


def fit_academy(*, by: Actor) -> tuple[Fitted, Fit | None]:
    """Fit FSRS to all answers, and use what comes of it when it predicts held-out answers better than the default.

    A fit that is no better is kept as a line that says so; what was in use stays in use. With too few answers nothing
    is kept (None).
    """
    inside_edge()
    fitted = fit(all_histories())
    if fitted.verdict is Verdict.TOO_FEW:
        return fitted, None
    kept = Fit.objects.create(
        state=Fit.State.SET_ASIDE if fitted.verdict is Verdict.BETTER else Fit.State.NOT_BETTER,
        parameters=list(fitted.parameters),
        people=fitted.people,
        answers=fitted.answers,
        held_out_people=fitted.held_out_people,
        held_out_answers=fitted.held_out_answers,
        gain=fitted.gain,
        error=fitted.error,
        figures={model.value: [each.log_loss, each.auc, each.rmse] for model, each in fitted.figures},
    )
    note("fit scheduler", kept, by=by)
    if fitted.verdict is Verdict.BETTER:
        use_fit(kept, by=by)
    return fitted, kept


def use_fit(fitted: Fit, *, by: Actor) -> None:
    """Schedule practice by a fit from now on; memories follow by a job. Refuses NotBetter."""
    inside_edge()
    held = {each.pk: each for each in Fit.objects.select_for_update().order_by("id")}  # so that two wait for each other
    chosen = held[fitted.pk]
    if not chosen.may_be_used:
        raise NotBetter
    if chosen.is_in_use:
        return
    _set_aside()
    chosen.state = Fit.State.IN_USE
    chosen.save(update_fields=["state"])
    note("use fit", chosen, by=by, fields=["state"])
    _changed(chosen)


def use_default(*, by: Actor) -> None:
    """Schedule practice by FSRS as delivered again; memories follow by a job. Without a fit in use nothing changes."""
    inside_edge()
    in_use = Fit.objects.select_for_update().filter(state=Fit.State.IN_USE).first()
    if in_use is None:
        return
    _set_aside()
    note("use default scheduler", in_use, by=by, fields=["state"])
    _changed(in_use)


def move_to_what_is_in_use(*, by: Actor) -> int:
    """Compute every memory anew by what is in use now; returns how many. Done twice, it comes to the same."""
    inside_edge()
    moved = move_memories(parameters_in_use())
    latest = Fit.objects.first()
    if latest is not None:
        note("move memories", latest, by=by)
    return moved


def _set_aside() -> None:
    Fit.objects.filter(state=Fit.State.IN_USE).update(state=Fit.State.SET_ASIDE)


def _changed(fitted: Fit) -> None:
    forget_parameters()
    defer(MOVE, fitted.id)
