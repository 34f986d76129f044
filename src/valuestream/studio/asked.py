"""Which cases a REST resource is asked about, as its query says it."""

from typing import Annotated

from fastapi import Depends, Query

from valuestream.studio.addresses import Cases

_DAY, _CONDITION = 40, 1000
"""The most characters of them."""


def _cases(
    start: Annotated[str, Query(alias="from", max_length=_DAY)] = "",
    end: Annotated[str, Query(alias="to", max_length=_DAY)] = "",
    where: Annotated[str, Query(max_length=_CONDITION)] = "",
) -> Cases:
    return Cases(start, end, where)


def _others(
    start: Annotated[str, Query(alias="against-from", max_length=_DAY)] = "",
    end: Annotated[str, Query(alias="against-to", max_length=_DAY)] = "",
    where: Annotated[str, Query(alias="against-where", max_length=_CONDITION)] = "",
) -> Cases:
    return Cases(start, end, where)


AskedCases = Annotated[Cases, Depends(_cases)]
"""Those of `from`, `to` and `where`; all where none are said."""
OtherCases = Annotated[Cases, Depends(_others)]
"""Those of `against-from`, `against-to` and `against-where`."""
