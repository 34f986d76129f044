"""DORA's four figures of software delivery, from a log of changes and the releases they came in.

A git repository knows what was released when. It does not know whether a release failed, so two
of the four stand on a proxy, which says so: see `PROXY`.
"""

from dataclasses import dataclass

from valuestream.engines import row
from valuestream.engines.sql import attribute
from valuestream.events import Events
from valuestream.measure.spreads import spread, spread_columns
from valuestream.model.figures import UNKNOWN, Spread

PROXY = (
    "A release counts as failed if a patch of it (1.4.1 after 1.4) followed within 7 days that "
    "holds no change of the kind feat, and as mended by that patch. This is a proxy: the log does "
    "not say what failed; what is mended later, or by going back, is not seen."
)
NO_PROXY = (
    "Whether a release failed cannot be told: the proxy for it is a patch that follows soon, and "
    "the releases are not named by versions such as 1.4.1, are all patches of one version, or are "
    "all younger than 7 days."
)
_DAY = 86_400 * 1_000_000
_MICROS = 1_000_000
_WINDOW = 7 * _DAY
# All before the number of the patch, with the name that stands there. Years are no versions.
_LINE = r"^(.*?\d+\.\d+)"
_BY_DATE = r"(^|[^0-9.])(19|20)[0-9][0-9]\."


@dataclass(frozen=True, slots=True)
class Dora:
    """DORA's four figures. Durations are seconds; what the log cannot tell is None.

    Attributes:
        releases: The releases that the log's changes came in.
        changes: The changes that were released.
        deployment_frequency: Releases a week over the log's period.
        days_between_releases: The median of the days from one release to the next.
        lead_time_for_changes: From authored (where a change has no such event,
            committed) to released.
        change_failure_rate: The share of releases that failed, by the proxy that `says` states, of
            those that are named by a version and were out for 7 days when the log ends.
        time_to_restore: The median from a failed release to the patch that mended it, by the same
            proxy, so never more than its 7 days.
        says: What the last two stand on, or why they are None.
    """

    releases: int
    changes: int
    deployment_frequency: float | None = None
    days_between_releases: float | None = None
    lead_time_for_changes: Spread = UNKNOWN
    change_failure_rate: float | None = None
    time_to_restore: float | None = None
    says: str = PROXY


def dora(events: Events) -> Dora | None:
    """DORA's figures of a log whose changes are authored or committed, then released under a tag.

    None of a log that has no such events, or names no release.
    """
    if "tag" not in events.attributes:
        return None
    engine = events.engine
    _make_tables(events)
    releases, between = row(engine, _FREQUENCY)
    changes, mean, percentiles = row(engine, _LEAD_TIME)
    if not releases or not changes:
        return None
    first, last = row(engine, "SELECT min(start_us), max(end_us) FROM events")
    told, failed, mended = row(engine, _FAILURES.format(last=last))
    return Dora(
        releases,
        changes,
        releases * 7 * _DAY / (last - first) if last > first else None,
        between[0] / _DAY if between is not None else None,
        spread(mean, percentiles),
        failed / told if told else None,
        mended[0] / _MICROS if mended is not None else None,
        PROXY if told else NO_PROXY,
    )


def _make_tables(events: Events) -> None:
    """Makes `changes` (when begun, when released) and `releases` (tag, when, whether features)."""
    tag = attribute("tag")
    featured = (
        f"bool_or({attribute('kind')}::VARCHAR = 'feat')" if "kind" in events.attributes else "NULL"
    )
    events.engine.table(
        "changes",
        """
        SELECT case_id, coalesce(
            min(CASE WHEN activity = 'authored' THEN start_us END),
            min(CASE WHEN activity = 'committed' THEN start_us END)) AS begun_us,
          min(CASE WHEN activity = 'released' THEN end_us END) AS released_us
        FROM events WHERE activity IN ('authored', 'committed', 'released') GROUP BY case_id""",
    )
    events.engine.table(
        "releases",
        f"""
        SELECT {tag}::VARCHAR AS tag, min(end_us) AS at_us, coalesce({featured}, FALSE) AS featured
        FROM events
        WHERE activity = 'released' AND end_us IS NOT NULL AND {tag} IS NOT NULL
        GROUP BY 1""",
    )


_FREQUENCY = """
    SELECT count(*), quantile_cont(gap_us, [0.5])
    FROM (SELECT at_us - lag(at_us) OVER (ORDER BY at_us, tag) AS gap_us FROM releases) AS gaps"""
# A clock that was wrong gives no time, as gaps do.
_LEAD_TIME = f"""
    SELECT count(*), {spread_columns("greatest(released_us - begun_us, 0)")}
    FROM changes WHERE begun_us IS NOT NULL AND released_us IS NOT NULL"""
# Releases of one line are the versions that differ in their patch alone. Of the latest ones only
# those that failed could be told apart, which would make the share too high: none of them counts.
_FAILURES = f"""
    WITH numbered AS (
      SELECT *, regexp_extract(tag, '{_LINE}', 1) AS line FROM releases
      WHERE NOT regexp_matches(tag, '{_BY_DATE}')),
    followed AS (
      SELECT at_us, lead(at_us) OVER in_order AS next_us, lead(featured) OVER in_order AS featured
      FROM numbered
      WHERE line <> '' AND (SELECT count(DISTINCT line) FROM numbered WHERE line <> '') > 1
      WINDOW in_order AS (PARTITION BY line ORDER BY at_us, tag)),
    judged AS (
      SELECT next_us - at_us AS gap_us, next_us - at_us <= {_WINDOW} AND NOT featured AS failed
      FROM followed WHERE {{last}} - at_us >= {_WINDOW})
    SELECT count(*), count(*) FILTER (WHERE failed),
      quantile_cont(gap_us, [0.5]) FILTER (WHERE failed)
    FROM judged"""
