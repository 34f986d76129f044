"""A comparison of two segments, in words."""

from rich.console import Console

from valuestream.measure.difference_words import in_words
from valuestream.measure.differences import Comparison


def show_comparison(found: Comparison) -> None:
    """Prints the differences that are larger than chance, a sentence each, largest first."""
    console = Console()
    real = [d for d in found.differences if d.larger_than_chance]
    one, other = found.cases
    _line(console, f"\n{one:,} cases against {other:,}, {len(found.differences)} figures compared")
    if not real:
        _line(console, "No difference is larger than chance explains.")
    for difference in sorted(real, key=lambda d: -abs(d.effect)):
        _line(console, f"  {in_words(difference)}")
    rest = len(found.differences) - len(real)
    if real and rest:
        _line(console, f"The other {rest} figures differ by no more than chance explains.", "dim")
    if found.not_told:
        _line(console, f"Too few cases to tell: {', '.join(found.not_told)}", "dim")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
