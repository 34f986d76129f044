"""Money with its currency, and costs by the hour or by the visit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal

from valuestream.model.written import Written

_COST = re.compile(
    r"(?:(?P<before>[A-Z]{3})\s*)?(?P<amount>\d+(?:\.\d+)?)\s*(?P<after>[A-Z]{3})?"
    r"(?:\s*(?:/|per)\s*(?P<per>[a-z]+))?"
)
_PER: dict[str, Literal["hour", "visit"]] = {
    **dict.fromkeys(("h", "hour"), "hour"),
    **dict.fromkeys(("visit", "case"), "visit"),
}


@dataclass(frozen=True, slots=True)
class Cost(Written):
    """An amount in a currency (ISO 4217), for each hour of work or for each visit."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "string",
        "title": "Cost",
        "description": "A cost: 12 EUR/h or 3.50 EUR",
    }

    amount: Decimal
    currency: str
    per: Literal["hour", "visit"] = "visit"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}" + ("/h" if self.per == "hour" else "")

    @classmethod
    def parse(cls, text: object) -> "Cost":
        """The cost in `12 EUR` (each visit) or `12 EUR/h`; ValueError says what to write."""
        if isinstance(text, Cost):
            return text
        found = _COST.fullmatch(text.strip()) if isinstance(text, str) else None
        currency = found and (found["before"] or found["after"])
        if not found or not currency or (found["before"] and found["after"]):
            raise ValueError(
                f"{text!r} is no cost; write an amount and its currency, such as 12 EUR or 12 EUR/h"
            )
        per = _PER.get(found["per"] or "visit")
        if per is None:
            raise ValueError(f"{text!r}: a cost is per hour (12 EUR/h) or per visit (12 EUR)")
        return cls(Decimal(found["amount"]), currency, per)
