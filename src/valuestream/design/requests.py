"""What is to be designed, as a developmental stream that is asked for it."""

from valuestream.design.writing import Written
from valuestream.model.names import identify
from valuestream.text.blocks import dash
from valuestream.text.scalars import write


def text(written: Written) -> str | None:
    """The text of a stream with a step for each gap; None where nothing is to be designed."""
    plan, head = written.plan, written.head
    if not plan.gaps:
        return None
    things = [plan.problem.library.name(gap) for gap in plan.gaps]
    lines = [
        "# What no known step gives. Each step is a request: what is to be there, and for whom?",
        f"stream: {write(f'Design of {head.name}')}",
        "kind: developmental",
        f"customer: {write(head.customer or 'TODO: For whom is it designed?')}",
        f"request: {write(f'{_and(things)}, for: {head.name}')}",
        f"outcome: {write(f'Steps that give {_and(things)}')}",
        "",
        "steps:",
    ]
    for place, thing in enumerate(things):
        users = [known.name for known in plan.known if plan.gaps[place] in known.needs]
        wanted = f" for {_and([repr(user) for user in users])}" if users else ""
        step = {
            "step": f"Design {thing}",
            "does": f"Works out a step that gives {thing}{wanted}, and what it needs",
            "value": f"TODO: What does the customer receive from {thing}?",
            "develops": f"{identify(head.name)} / {identify(written.names[place])}",
        }
        lines += dash(step, 2)
    return "\n".join(lines) + "\n"


def _and(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
