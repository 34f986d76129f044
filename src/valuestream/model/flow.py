"""What figures say of the flow: how cases come to steps, and what they wait before them."""

from valuestream.model.figures import Figures


def followers(figures: Figures) -> dict[str, int]:
    """Of each step, the visits that another visit of their case came before."""
    count = dict.fromkeys((step.step for step in figures.steps), 0)
    for transition in figures.transitions:
        count[transition.to] += transition.count
    return count


def wait_per_case(figures: Figures, step: str) -> float:
    """The seconds that a case waits before a step, all its visits together; 0.0 where unknown."""
    wait = next((s.wait_time.mean for s in figures.steps if s.step == step), None)
    return (wait or 0.0) * followers(figures)[step] / figures.cases if figures.cases else 0.0
