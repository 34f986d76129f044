"""What it finds: a value that says what the company does, in the company's words.

Why it matters: whoever writes "Process the application" has described work, and nobody can ask the
customer whether it was received. Said from the other side, it shows whether there is a value at
all.

Example:

    - step: Check the application
      value: Ensure that the application data is validated

Instead: say what the customer has, knows, can do or need not do afterwards, as they would say it.

    - step: Check the application
      value: Knows within a day whether anything is missing

How it is computed: the words of `value`, in English. A finding, as a note: a first word that orders
work (ensure, process, handle, verify, …) where a customer's begins with has, knows, gets, can; "we"
or "our" with a company's work, people or systems; a passive about the company's things ("data is
entered"), unless the customer knows it; and measures of a company (SLA, KPI, compliance, …).
"""

import re
from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS303"
TITLE = "A value in the company's words"
SEVERITY: Severity = "note"

_ORDERS = (
    "administer analyse analyze archive assess assign capture coordinate dispatch ensure enter "
    "escalate evaluate execute facilitate forward generate handle implement inspect maintain "
    "manage monitor optimise optimize perform prioritise prioritize process provide record "
    "register route streamline update validate verify"
)
# Third persons that no customer would be said to do.
_DOES = "administers ensures escalates facilitates handles manages processes provides streamlines"
_WORK = (
    "archive assign bill check collect confirm contact deliver ensure enter file handle inform "
    "manage notify offer process provide record register review route send serve update validate "
    "verify"
)
_THINGS = (
    "back office|clients?|customers?|crm|database|departments?|employees|erp|guests?|kpis?|"
    "patients?|policy|policies|process|processes|procedures?|records|revenue|staff|systems?|team|users?"
)
_ITEMS = (
    "applications?|cases?|claims?|data|documents?|files?|forms?|information|orders?|requests?|"
    "tickets?"
)
_DONE = (
    "archived|assigned|captured|checked|closed|entered|filed|forwarded|handled|logged|processed|"
    "recorded|registered|routed|stored|updated|validated|verified"
)
# What begins so is said of the customer, whatever they are told after it.
_CUSTOMERS = re.compile(
    r"(can|does not|doesn't|feels?|gets?|has|hears?|holds?|is|knows?|learns?|need not|needs?|"
    r"receives?|sees?|understands?)\b",
    re.IGNORECASE,
)


def _any(words: str) -> str:
    return "|".join(words.split())


_SIGNS = (
    # "Process is clear" is no order, and "Record of the visit" is a thing to hold.
    re.compile(rf"^({_any(_ORDERS)})(?=\s+(?!is\b|are\b|of\b|and\b|was\b)\w)", re.IGNORECASE),
    re.compile(rf"^({_any(_DOES)})\b(?!\s+(is|are)\b)", re.IGNORECASE),
    re.compile(rf"\bwe\s+((can|will|shall|must)\s+)?({_any(_WORK)})\b", re.IGNORECASE),
    re.compile(rf"\bour\s+(own\s+|internal\s+)?({_THINGS})\b", re.IGNORECASE),
)
_PASSIVE = re.compile(
    rf"\b({_ITEMS})\s+(is|are|was|were|has been|have been)\s+({_DONE})\b", re.IGNORECASE
)
_MEASURES = re.compile(r"\b(KPIs?|SLAs?|compliance|headcount|throughput|utili[sz]ation)\b")


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each value that is said from the company's side."""
    for place, step in enumerate(stream.steps):
        if step.value is None or not step.has_value:
            continue
        sign = companys(step.value.receives)
        if sign is None:
            continue
        yield Finding(
            CODE,
            SEVERITY,
            f"the value of {step.step!r} is said in the company's words: {sign!r} in "
            f"{step.value.receives!r}",
            "say what the customer has, knows, can do or need not do afterwards, as they would",
            ("steps", place, "value"),
            step.step,
            {"words": sign},
        )


def companys(value: str) -> str | None:
    """The words by which a value is the company's; None where none tell."""
    text = value.strip()
    signs = [*_SIGNS] if _CUSTOMERS.match(text) else [*_SIGNS, _PASSIVE, _MEASURES]
    found = next((match for sign in signs if (match := sign.search(text))), None)
    return found[0] if found else None
