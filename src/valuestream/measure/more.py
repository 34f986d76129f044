"""Further figures of a measured stream, by the names under which a person asks for them."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from valuestream.events import Events
from valuestream.measure.age import age
from valuestream.measure.arrivals_by_hour import arrivals_by_hour
from valuestream.measure.conforming import conform
from valuestream.measure.cumulative_flow import cumulative_flow
from valuestream.measure.dora import dora
from valuestream.measure.errors import MeasureError
from valuestream.measure.flow_metrics import flow_metrics
from valuestream.measure.littles_law import littles_law
from valuestream.measure.load import load
from valuestream.measure.visits import Visits
from valuestream.measure.waits import waits
from valuestream.model.conformance import Conformance
from valuestream.model.figures_json import SHOWN_VARIANTS, plain
from valuestream.model.names import did_you_mean

_Further = Callable[[Visits, Events], Any]

FURTHER: dict[str, _Further] = {
    "age": lambda visits, _: asdict(age(visits)),
    "arrivals": lambda visits, _: asdict(arrivals_by_hour(visits, _zone(visits))),
    "conformance": lambda visits, _: asdict(_shown(conform(visits))),
    "cumulative-flow": lambda visits, _: asdict(cumulative_flow(visits)),
    "dora": lambda _, events: _dora(events),
    "littles-law": lambda visits, _: asdict(littles_law(visits)),
    "resources": lambda visits, _: asdict(load(visits)),
    "waits": lambda visits, _: asdict(waits(visits)),
}


def further(visits: Visits, events: Events, names: list[str]) -> dict[str, Any]:
    """The further figures of these names, as JSON has them; `flow:COLUMN` is by type of case.

    Raises MeasureError for a name that there is not, or a column.
    """
    return {name: plain(_of(visits, events, name)) for name in names}


def _of(visits: Visits, events: Events, name: str) -> Any:
    if name.startswith("flow:"):
        column = name.removeprefix("flow:")
        return [asdict(metrics) for metrics in flow_metrics(visits, events, column)]
    if name not in FURTHER:
        known = [*FURTHER, "flow:COLUMN"]
        raise MeasureError(f"there are no figures named {name!r}; {did_you_mean(name, known)}")
    return FURTHER[name](visits, events)


def _shown(found: Conformance) -> Conformance:
    most = SHOWN_VARIANTS
    return replace(found, deviations=found.deviations[:most], variants=found.variants[:most])


def _zone(visits: Visits) -> str:
    if visits.calendars is None:
        return "UTC"
    own = visits.calendars.named[visits.calendars.of_stream].time_zone
    return own or visits.calendars.zone or "UTC"


def _dora(events: Events) -> dict[str, Any]:
    found = dora(events)
    if found is None:
        raise MeasureError(
            "this log has no changes that were authored and released under a 'tag'; DORA's figures "
            "are those of a git repository, or of a log with such activities"
        )
    return asdict(found)
