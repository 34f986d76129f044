"""The pages of all codes: faults of texts and rules of review."""

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean


def explanation(code: str) -> str:
    """What a code means, why it matters and what to do. Raises InputError for an unknown one."""
    from valuestream.review import rules
    from valuestream.text.faults import FAULTS
    from valuestream.text.faults import explain as explain_fault

    wanted = code.upper()
    if wanted in FAULTS:
        return explain_fault(wanted)
    pages = {rule.code: f"{rule.code}: {rule.title}\n\n{rule.page}" for rule in rules()}
    if wanted not in pages:
        raise InputError(
            f"no finding has the code {code!r}; {did_you_mean(wanted, [*FAULTS, *pages])}"
        )
    return pages[wanted]
