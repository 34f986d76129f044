"""From the outcome backwards to the steps that bring it about.

`library` gathers the known steps, `smallest` finds the smallest complete streams of a `Problem`,
`Written` is one as a text. `conversation` asks for the answers one by one; `overlay` lays an
outcome over today's stream.
"""

from valuestream.design.library import Library, library
from valuestream.design.needed import overlay
from valuestream.design.plan import Plan, smallest
from valuestream.design.problem import Problem, outcome
from valuestream.design.writing import Head, Written

__all__ = [
    "Head",
    "Library",
    "Plan",
    "Problem",
    "Written",
    "library",
    "outcome",
    "overlay",
    "smallest",
]
