"""`leerhuis practice fit`: fits the scheduler of practice to answers, and says how well it predicts beside others."""

import argparse
from typing import TYPE_CHECKING

from leerhuis.config.cli import exits
from leerhuis.config.cli.administration import academy_named
from leerhuis.config.cli.product import product

if TYPE_CHECKING:
    from leerhuis.academies.models import Academy
    from leerhuis.practice.fitting import Fitted


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis practice fit [academy]`."""
    parser = commands.add_parser("practice", help="fit the scheduler of practice to answers", description="Practice.")
    tasks = parser.add_subparsers(metavar="TASK", required=True)
    meaning = "fit FSRS to an academy's own answers; used from then on only when it predicts held-out answers better"
    task = tasks.add_parser("fit", help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")
    task.add_argument("academy", nargs="?", help="the key of one academy; otherwise all")
    task.add_argument("--people", type=int, default=80, help="how many made-up people the first table is of (80)")
    task.set_defaults(carry_out=fit)


def fit(asked: argparse.Namespace) -> int:
    """Print how models predict made-up answers, then those of each academy; keep what is better there."""
    with product():
        from leerhuis.academies.queries import all_academies
        from leerhuis.base.edge import at_shared_tables
        from leerhuis.practice.activation import Crowd, made_up
        from leerhuis.practice.fitting import fit as fit_to

        with at_shared_tables():
            academies = [academy_named(asked.academy)] if asked.academy else all_academies()
        print("Made-up answers, by a model of memory that is not FSRS (activation, Pavlik and Anderson 2005):")
        print_figures(fit_to(made_up(Crowd(people=asked.people))))
        for academy in academies:
            fit_in(academy)
    return exits.GOOD


def fit_in(academy: "Academy") -> None:
    """Fit to the answers of one academy, and say what came of it."""
    from leerhuis.audit.actor import Actor
    from leerhuis.base.edge import edge
    from leerhuis.practice.actions.fits import fit_academy
    from leerhuis.practice.fitting import Verdict

    with edge(academy):
        fitted, _kept = fit_academy(by=Actor.operator())
    print(f"\n{academy.name}, its own answers:")
    print_figures(fitted)
    told = {
        Verdict.TOO_FEW: "Nothing was fitted, and what was in use stays in use.",
        Verdict.NOT_BETTER: "It predicts no better than FSRS as delivered, so what was in use stays in use.",
        Verdict.BETTER: "It predicts better, and is in use from now on; a worker moves the memories.",
    }
    print(f"  {told[fitted.verdict]}")


def print_figures(fitted: "Fitted") -> None:
    """Print a line for each model, the best first; or that there are too few answers."""
    from django.utils.translation import override

    from leerhuis.practice.fitting import FEWEST_ANSWERS, FEWEST_HELD_OUT, FEWEST_PEOPLE

    people = fitted.people + fitted.held_out_people
    if not fitted.figures:
        print(f"  {fitted.answers} repeated answers, {people} people ({fitted.held_out_people} held out): too few")
        print(f"  (needed: {FEWEST_ANSWERS} answers, {FEWEST_PEOPLE} people, {FEWEST_HELD_OUT} of them held out).")
        return
    print(f"  fitted on {fitted.answers} answers of {fitted.people} people,", end=" ")
    print(f"tried on {fitted.held_out_answers} answers of {fitted.held_out_people} others")
    print(f"  {'':<24}{'log loss':>10}{'AUC':>8}{'RMSE (bins)':>13}")
    with override("en"):  # as all that this command says
        for model, each in sorted(fitted.figures, key=lambda pair: pair[1].log_loss):
            print(f"  {model.label!s:<24}{each.log_loss:>10.4f}{each.auc:>8.3f}{each.rmse:>13.4f}")
    print(f"  log loss lower than the default by {fitted.gain:.4f}, standard error {fitted.error:.4f}")
