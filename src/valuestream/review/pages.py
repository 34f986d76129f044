"""What the rules say of themselves to users."""

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean
from valuestream.review.rules import rules


def codes() -> tuple[str, ...]:
    """The codes of all rules, in order."""
    return tuple(rule.code for rule in rules())


def explain(code: str) -> str:
    """A rule's page: its code and title, what it finds, why it matters, what to write instead.

    Upper or lower case alike. Raises InputError that names the nearest code.
    """
    pages = {rule.code: f"{rule.code}: {rule.title}\n\n{rule.page}" for rule in rules()}
    wanted = code.strip().upper()
    if wanted not in pages:
        raise InputError(f"no rule has the code {code!r}; {did_you_mean(wanted, pages)}")
    return pages[wanted]
