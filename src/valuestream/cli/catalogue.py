"""The pages of all codes: faults of texts and rules of review."""

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean


def explanation(code: str) -> str:
    """What a code means, why it matters and what to do. Raises InputError for an unknown one."""
    from valuestream.design.pages import PAGES as OF_ANSWERS
    from valuestream.improvements.pages import PAGES as OF_ACTS
    from valuestream.review import codes
    from valuestream.review import explain as explain_rule
    from valuestream.text.faults import FAULTS
    from valuestream.text.faults import explain as explain_fault

    wanted = code.strip().upper()
    if wanted in FAULTS:
        return explain_fault(wanted)
    if wanted in codes():
        return explain_rule(wanted)
    pages = OF_ACTS | OF_ANSWERS
    if wanted in pages:
        return explain_fault(wanted, pages)
    known = [*FAULTS, *pages, *codes()]
    raise InputError(f"no finding has the code {code!r}; {did_you_mean(wanted, known)}")
