"""The REST resources of some of a stream's cases: in groups, and beside others."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import JSONResponse, Response

from valuestream.measure.difference_words import comparison_document
from valuestream.model.figures_json import groups as groups_document
from valuestream.studio.api import UNDERWAY, problems_of
from valuestream.studio.asked import AskedCases, OtherCases
from valuestream.studio.figures import Differences
from valuestream.studio.groups import GroupsOf, GroupsSeen
from valuestream.studio.studio import studio_of

router = APIRouter(tags=["seeing"])
_Name = Annotated[str, Field(max_length=1000)]


@router.get("/streams/{name:path}/groups", responses={**UNDERWAY, **problems_of(404)})
def groups(
    request: Request,
    name: _Name,
    by: Annotated[str, Query(min_length=1, max_length=400)],
    cases: AskedCases,
) -> Response:
    """The figures of each group, as `valuestream measure --by … --format json` has them.

    `by` is a column of the log, or week, month, weekday or variant. `more` groups are left out:
    the earlier ones of periods, else those with fewest cases.
    """
    studio = studio_of(request)
    kept = studio.stream(name)
    found = studio.answer(GroupsOf(kept.key, by, cases.segment()))
    said = {"state": found.state, "why": found.why or None, **_written(by, found.value)}
    return JSONResponse(said, 202 if found.state == "measuring" else 200)


def _written(by: str, seen: GroupsSeen | None) -> dict[str, object]:
    if seen is None:
        return {"by": by, "groups": None, "more": None}
    found = [(own.name, own.figures) for own in seen.groups]
    return groups_document(by, found) | {"more": seen.more}


@router.get("/streams/{name:path}/differences", responses={**UNDERWAY, **problems_of(404)})
def differences(request: Request, name: _Name, cases: AskedCases, others: OtherCases) -> Response:
    """What sets the cases apart from those of `against-…`, and what is larger than chance.

    As `valuestream measure --against … --format json` has it: `one` are those of `against-…`.
    """
    studio = studio_of(request)
    kept = studio.stream(name)
    found = studio.standing(kept, Differences(others.segment(), cases.segment()))
    said = {
        "state": found.state,
        "why": found.why or None,
        "comparison": found.comparison and comparison_document(found.comparison),
    }
    return JSONResponse(said, 202 if found.state == "measuring" else 200)
