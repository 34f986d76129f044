"""Rows that say start and complete, paired to visits as DEFINITIONS has it."""

from valuestream.engines import Engine
from valuestream.engines.sql import attribute, literal, name
from valuestream.events.ledger import SHOWN_ROWS, Entry

PAIRED = "paired"
_KIND = "lower(CAST(lifecycle AS VARCHAR))"
_PAIRS = f"coalesce({_KIND}, '') IN ('start', 'complete')"


def has_lifecycle(engine: Engine, relation: str, column: str) -> bool:
    """Whether a column says start or complete of its rows."""
    kind = f"lower(CAST({name(column)} AS VARCHAR))"
    query = f"SELECT 1 FROM {relation} WHERE {kind} IN ('start', 'complete') LIMIT 1"
    return bool(engine.rows(query))


def only_completes(engine: Engine, relation: str, column: str) -> bool:
    """Whether a column says complete of every row: each is an instant then, and pairs with none."""
    kind = f"coalesce(lower(CAST({name(column)} AS VARCHAR)), '')"
    return not engine.rows(f"SELECT 1 FROM {relation} WHERE {kind} <> 'complete' LIMIT 1")


def pair(engine: Engine, attributes: list[str]) -> tuple[Entry, ...]:
    """Makes the table of visits from the relation `checked`; says which rows are none.

    Those keep what they say in the column `lifecycle`, which is null for visits.

    Within a case, an activity and (where there is one) an instance, the first start goes with the
    first complete in time order: a complete takes the earliest start still open, and is an instant
    where none is. At the same time starts come first, so that work of no length is a visit.
    """
    same = "case_id, activity, coalesce(CAST(instance AS VARCHAR), '')"
    own = "".join(f", {attribute(column)}" for column in attributes)
    query = f"""
        WITH marks AS (
          SELECT *, coalesce(start_us, end_us) AS at_us, {_KIND} = 'complete' AS is_end
          FROM checked WHERE fault IS NULL AND {_PAIRS}),
        counted AS (
          SELECT *, sum(CASE WHEN is_end THEN 1 ELSE -1 END) OVER same AS lack,
            count(*) FILTER (WHERE is_end) OVER same AS ends,
            count(*) FILTER (WHERE NOT is_end) OVER same AS starts
          FROM marks
          WINDOW same AS (PARTITION BY {same}
            ORDER BY at_us, is_end, row ROWS UNBOUNDED PRECEDING)),
        lacking AS (
          SELECT *, greatest(max(lack) OVER same, 0) AS unpaired,
            greatest(coalesce(max(lack) OVER before, 0), 0) AS unpaired_before
          FROM counted
          WINDOW same AS (PARTITION BY {same}
            ORDER BY at_us, is_end, row ROWS UNBOUNDED PRECEDING),
          before AS (PARTITION BY {same}
            ORDER BY at_us, is_end, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
        begun AS (SELECT *, starts AS turn FROM lacking WHERE NOT is_end),
        ended AS (
          SELECT *, CASE WHEN unpaired = unpaired_before THEN ends - unpaired END AS turn
          FROM lacking WHERE is_end)
        SELECT coalesce(e.row, b.row) AS row, coalesce(e.case_id, b.case_id) AS case_id,
          coalesce(e.activity, b.activity) AS activity, coalesce(b.at_us, e.at_us) AS start_us,
          e.at_us AS end_us, b.row IS NOT NULL AND e.row IS NOT NULL AS known,
          (b.row IS NOT NULL)::INT + (e.row IS NOT NULL)::INT AS rows,
          coalesce(e.resource, b.resource) AS resource,
          CAST(NULL AS VARCHAR) AS lifecycle{_either(attributes)}
        FROM ended AS e FULL JOIN begun AS b ON e.case_id = b.case_id AND e.activity = b.activity
          AND coalesce(CAST(e.instance AS VARCHAR), '') = coalesce(CAST(b.instance AS VARCHAR), '')
          AND e.turn = b.turn
        UNION ALL
        SELECT row, case_id, activity, coalesce(start_us, end_us), coalesce(start_us, end_us),
          FALSE, 1, resource, coalesce({_KIND}, 'nothing'){own}
        FROM checked WHERE fault IS NULL AND NOT {_PAIRS}"""
    engine.table(PAIRED, query)
    return tuple(
        Entry("noted", f"{kind} is no visit", rows, _first(engine, kind))
        for kind, rows in engine.rows(
            f"SELECT lifecycle, count(*) FROM {PAIRED} WHERE lifecycle IS NOT NULL "
            "GROUP BY lifecycle ORDER BY lifecycle"
        )
    )


def _first(engine: Engine, kind: str) -> tuple[int, ...]:
    query = f"SELECT row FROM {PAIRED} WHERE lifecycle = {literal(kind)} ORDER BY row"
    return tuple(row for (row,) in engine.rows(f"{query} LIMIT {SHOWN_ROWS}"))


def _either(attributes: list[str]) -> str:
    own = map(attribute, attributes)
    return "".join(f", coalesce(e.{column}, b.{column}) AS {column}" for column in own)
