"""Designed streams, and outcomes laid over streams, for people and for programs."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from valuestream.model.durations import format_duration

if TYPE_CHECKING:
    from valuestream.design.needed import Overlay
    from valuestream.design.plan import Plan
    from valuestream.design.writing import Written


def show(plans: "Sequence[Plan]", written: "Written", is_written_nowhere: bool) -> None:
    """The best plan as a table in the text's order, what to know of it, and the others."""
    from valuestream.design.writing import measured

    best, library = plans[0], plans[0].problem.library
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right")
    for heading in ("step", "from", "needs"):
        table.add_column(heading)
    table.add_column("time", justify="right", no_wrap=True)
    for number, (name, known) in enumerate(written.rows, 1):
        needs = ", ".join(map(library.name, sorted(known.needs))) if known else "?"
        home = (known.home.stream or "new") if known else "to be designed"
        time = format_duration(known.seconds) if known and known.seconds is not None else ""
        table.add_row(str(number), escape(name), escape(home), escape(needs), time)
    Console(highlight=False).print(table)
    print()
    for sentence in written.says:
        print(sentence)
    for number, other in enumerate(plans[1:], 2):
        print(f"Alternative {number}: {measured(other)}; {_apart(best, other)}.")
    if is_written_nowhere:
        print("write it as a text: -o NAME.stream.yaml", file=sys.stderr)


def _apart(best: "Plan", other: "Plan") -> str:
    mine: set[int | str] = {*best.steps, *best.gaps}
    its: set[int | str] = {*other.steps, *other.gaps}
    away, instead = (_names(best, mine - its), _names(other, its - mine))
    return f"{' and '.join(instead) or 'nothing'} in place of {' and '.join(away) or 'nothing'}"


def _names(plan: "Plan", some: "set[int | str]") -> list[str]:
    library = plan.problem.library
    known = [repr(library.steps[n].path) for n in plan.steps if n in some]
    return known + [f"{library.name(gap)!r} to be designed" for gap in plan.gaps if gap in some]


def document(plans: "Sequence[Plan]", written: "Written") -> dict[str, Any]:
    """The document of `--format json`: the best plan's text, and all plans."""
    return {
        "stream": written.head.name,
        "by": plans[0].problem.by,
        "text": written.text,
        "says": list(written.says),
        "plans": [_plan(plan) for plan in plans],
    }


def _plan(plan: "Plan") -> dict[str, Any]:
    names = plan.problem.library.name
    return {
        "steps": [
            {
                "step": known.name,
                "stream": known.home.stream or None,
                "origin": known.home.origin,
                "where": known.where,
                "needs": [names(thing) for thing in sorted(known.needs)],
                "gives": [names(thing) for thing in sorted(known.gives)],
                "seconds": known.seconds,
                "cost": known.money[0] if known.money else None,
                "currency": known.money[1] if known.money else None,
            }
            for known in plan.known
        ],
        "to_be_designed": [
            {
                "thing": names(gap),
                "needed_by": [known.name for known in plan.known if gap in known.needs],
            }
            for gap in plan.gaps
        ],
        "total": plan.total,
        "proven": plan.is_proven,
    }


def show_overlay(found: "Overlay") -> None:
    """What an outcome does not need of today's stream, and what that costs."""
    steps = found.stream.steps
    outcome = " and ".join(map(repr, found.outcome))
    most = "" if found.is_proven else " (whether fewer are enough could not be proven in the time)"
    print(f"{outcome} needs {len(found.needed)} of {len(steps)} steps{most}.")
    for one in found.unneeded:
        costs = [format_duration(one.seconds)] if one.seconds is not None else []
        costs += [f"{one.money[0]:,.2f} {one.money[1]}"] if one.money else []
        told = (
            f"{' and '.join(costs)} a visit, declared" if costs else "what it costs is not declared"
        )
        print(f"\n{one.place + 1} {one.step.step}: not needed, {one.why}; {told}")
        if one.step.value and one.step.has_value:
            print(f"    but the customer receives from it: {one.step.value.receives}")
    if found.unknown:
        names = ", ".join(f"{place + 1} {steps[place].step}" for place in found.unknown)
        print(f"\nnothing is known of {names}: write what each gives")


def overlay_document(found: "Overlay") -> dict[str, Any]:
    """The document of `--over … --format json`."""
    steps = found.stream.steps
    return {
        "stream": found.stream.stream,
        "outcome": list(found.outcome),
        "needed": [steps[place].step for place in found.needed],
        "not_needed": [
            {
                "step": one.step.step,
                "why": one.why,
                "seconds": one.seconds,
                "cost": one.money[0] if one.money else None,
                "currency": one.money[1] if one.money else None,
                "value": one.step.value.receives if one.step.value and one.step.has_value else None,
            }
            for one in found.unneeded
        ],
        "not_known": [steps[place].step for place in found.unknown],
        "proven": found.is_proven,
    }
