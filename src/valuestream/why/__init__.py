"""Why cases are slow, reworked or break a promise: what sets them apart from the others."""

from valuestream.why.finding import why
from valuestream.why.problems import Problem, problem_of

__all__ = ["Problem", "problem_of", "why"]
