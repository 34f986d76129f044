"""The field's own words that pages show in the reader's language: kinds of findings, figures.

Their English stands where they are computed; the catalogues gather it from there.
"""

from functools import cache

from valuestream.model.measurable import FIGURES
from valuestream.review.rules import rules


@cache
def kinds() -> dict[str, str]:
    """What each rule finds, by its code."""
    return {rule.code: rule.title for rule in rules()}


def field_words() -> tuple[str, ...]:
    """All of them that this house has: packages of others bring their own as they are."""
    own = [rule.title for rule in rules() if rule.find.__module__.startswith("valuestream.")]
    return tuple(dict.fromkeys([*own, *(figure.says for figure in FIGURES)]))
