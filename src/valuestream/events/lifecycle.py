"""Rows that say start and complete, paired to visits as DEFINITIONS has it."""

import duckdb

from valuestream.events.ledger import Entry
from valuestream.events.sql import attribute, name

PAIRED = "paired"


def has_lifecycle(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> bool:
    """Whether a column says start or complete of its rows."""
    found = connection.execute(
        f"SELECT count(*) FROM {relation} "
        f"WHERE lower({name(column)}::VARCHAR) IN ('start', 'complete')"
    ).fetchone()
    return found is not None and found[0] > 0


def only_completes(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> bool:
    """Whether every row is a complete: then each is a visit, and there is nothing to pair."""
    other = connection.execute(
        f"SELECT 1 FROM {relation} "
        f"WHERE lower({name(column)}::VARCHAR) IS DISTINCT FROM 'complete' LIMIT 1"
    ).fetchone()
    return other is None


def pair(connection: duckdb.DuckDBPyConnection, attributes: list[str]) -> tuple[Entry, ...]:
    """Makes the table of visits from the relation `checked`; says which rows are none.

    Within a case, an activity and (where there is one) an instance, the first start goes with the
    first complete in time order: a complete takes the earliest start still open, and is an instant
    where none is. At the same time starts come first, so that work of no length is a visit.
    """
    connection.execute(f"""
        CREATE TABLE {PAIRED} AS
        WITH marks AS (
          SELECT *, coalesce(start_us, end_us) AS at_us,
            lower(lifecycle::VARCHAR) = 'complete' AS is_end
          FROM checked
          WHERE fault IS NULL AND lower(lifecycle::VARCHAR) IN ('start', 'complete')),
        counted AS (
          SELECT *, sum(CASE WHEN is_end THEN 1 ELSE -1 END) OVER same AS lack,
            count(*) FILTER (WHERE is_end) OVER same AS ends,
            count(*) FILTER (WHERE NOT is_end) OVER same AS starts
          FROM marks
          WINDOW same AS (PARTITION BY case_id, activity, instance
            ORDER BY at_us, is_end, row ROWS UNBOUNDED PRECEDING)),
        lacking AS (
          SELECT *, greatest(max(lack) OVER same, 0) AS unpaired,
            greatest(coalesce(max(lack) OVER before, 0), 0) AS unpaired_before
          FROM counted
          WINDOW same AS (PARTITION BY case_id, activity, instance
            ORDER BY at_us, is_end, row ROWS UNBOUNDED PRECEDING),
          before AS (PARTITION BY case_id, activity, instance
            ORDER BY at_us, is_end, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
        begun AS (SELECT *, starts AS turn FROM lacking WHERE NOT is_end),
        ended AS (
          SELECT *, CASE WHEN unpaired = unpaired_before THEN ends - unpaired END AS turn
          FROM lacking WHERE is_end)
        SELECT coalesce(e.row, b.row) AS row, coalesce(e.case_id, b.case_id) AS case_id,
          coalesce(e.activity, b.activity) AS activity, coalesce(b.at_us, e.at_us) AS start_us,
          e.at_us AS end_us, b.row IS NOT NULL AND e.row IS NOT NULL AS known,
          (b.row IS NOT NULL)::INT + (e.row IS NOT NULL)::INT AS rows,
          coalesce(e.resource, b.resource) AS resource{_either(attributes)}
        FROM ended AS e FULL JOIN begun AS b ON e.case_id = b.case_id AND e.activity = b.activity
          AND e.instance IS NOT DISTINCT FROM b.instance AND e.turn = b.turn""")
    others = connection.execute(
        "SELECT coalesce(lifecycle::VARCHAR, 'nothing'), count(*), list(row ORDER BY row)[:5] "
        "FROM checked WHERE fault IS NULL "
        "AND coalesce(lower(lifecycle::VARCHAR), '') NOT IN ('start', 'complete') "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple(
        Entry("noted", f"{kind} is no visit", count, tuple(first)) for kind, count, first in others
    )


def _either(attributes: list[str]) -> str:
    own = map(attribute, attributes)
    return "".join(f", coalesce(e.{column}, b.{column}) AS {column}" for column in own)
