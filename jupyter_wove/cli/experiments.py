"""`jupyter wove prompt experiment`: versions of a prompt side by side."""

from typing import Annotated
from uuid import UUID

import typer

from jupyter_wove.cli.prompts import Name, found
from jupyter_wove.cli.session import Session, fail, opened
from jupyter_wove.outcomes import Outcomes, VariantResult
from jupyter_wove.prompts import Experiment, Experiments, NewExperiment, NewVariant, Promotion

app = typer.Typer(help="Try versions of a prompt side by side.", no_args_is_help=True)

Label = Annotated[str, typer.Option(help="For whom asks for this label.")]


@app.command()
def begin(
    context: typer.Context,
    prompt: Name,
    variants: Annotated[
        list[str], typer.Argument(help="Versions; 2.0.0=3 has three times the share of 1.0.0.")
    ],
    label: Label = "production",
) -> None:
    """Begin: the first version is what the others are compared with."""
    wanted = NewExperiment([_variant(each) for each in variants], label)
    with opened(context) as session:
        made = session.ask(Experiments.begin, found(session, prompt).id, wanted)
        session.show(made, _line(made))


@app.command("list")
def list_(context: typer.Context, prompt: Name) -> None:
    """List the experiments on a prompt, newest first."""
    with opened(context) as session:
        made = session.ask(Experiments.all, found(session, prompt).id)
        session.table(made, _line, "No experiment yet.")


@app.command()
def results(context: typer.Context, prompt: Name, label: Label = "production") -> None:
    """Compare the versions of the newest experiment on a label."""
    with opened(context) as session:
        prompt_id, experiment = _newest(session, prompt, label)
        told = session.ask(Outcomes.results, prompt_id, experiment.id)
        session.table(told, _result, "")


@app.command()
def promote(
    context: typer.Context, prompt: Name, version: str, label: Label = "production"
) -> None:
    """Give everybody one of the versions, and end the experiment."""
    with opened(context) as session:
        prompt_id, experiment = _newest(session, prompt, label)
        done = session.ask(Experiments.promote, prompt_id, experiment.id, Promotion(version))
        session.show(done, _line(done))


@app.command("roll-back")
def roll_back(context: typer.Context, prompt: Name, label: Label = "production") -> None:
    """Put the label back to where it was before a version was promoted."""
    with opened(context) as session:
        prompt_id, experiment = _newest(session, prompt, label)
        done = session.ask(Experiments.roll_back, prompt_id, experiment.id)
        session.show(done, _line(done))


@app.command()
def stop(context: typer.Context, prompt: Name, label: Label = "production") -> None:
    """End an experiment; everybody gets what the label means."""
    with opened(context) as session:
        prompt_id, experiment = _newest(session, prompt, label)
        done = session.ask(Experiments.stop, prompt_id, experiment.id)
        session.show(done, _line(done))


def _variant(said: str) -> NewVariant:
    version, _, weight = said.partition("=")
    if weight and not (weight.isdecimal() and int(weight) <= 1000):  # noqa: PLR2004
        fail(f"{said}: a share is a number from 0 to 1000, as in 2.0.0=3.")
    return NewVariant(version, int(weight or 1))


def _newest(session: Session, prompt: str, label: str) -> tuple[UUID, Experiment]:
    prompt_id = found(session, prompt).id
    made = session.ask(Experiments.all, prompt_id)
    newest = next((each for each in made if each.label == label), None)
    return (prompt_id, newest) if newest else fail(f"There is no experiment on {label} yet.")


def _line(made: Experiment) -> str:
    shares = ", ".join(
        f"{each.number} ({'stopped' if each.stopped else each.weight})" for each in made.variants
    )
    promoted = f", {made.promoted} was promoted" if made.promoted else ""
    return f"{made.label}: {made.state}{promoted}. {shares}"


def _result(told: VariantResult) -> str:
    accepted = told.summary.accepted if told.summary else None
    share = f"{100 * accepted.share:.0f} % of {accepted.of} accepted" if accepted else "too few"
    return f"{told.number:10} {share:24} {'' if told.is_baseline else told.verdict}"
