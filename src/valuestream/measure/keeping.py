"""Promises kept, broken and not yet decided; and which values the customers received."""

from collections.abc import Iterator

from valuestream.engines import row
from valuestream.measure.errors import MeasureError
from valuestream.measure.promises import is_working, kept, promises
from valuestream.measure.visits import Visits
from valuestream.measure.working import working_day
from valuestream.model.chance import wilson
from valuestream.model.figures import Kept, Received, Sequence
from valuestream.model.promises import Promise


def kept_promises(visits: Visits) -> dict[int, Kept]:
    """For each step that promises something, the visits that kept and broke it.

    Undecided are the open visits of the step: nobody knows how they end. The interval is Wilson's
    95 % one. Raises MeasureError for a promise in working time where no calendar is named.
    """
    found = {}
    for place, promise in promises(visits.stream):
        asked, value = told(visits, place, promise), visits.stream.steps[place].value
        held, of = row(
            visits.engine,
            f"SELECT count(*) FILTER (WHERE kept), count(kept) FROM ({asked}) AS told",
        )
        (undecided,) = row(visits.engine, f"SELECT count(*) FROM open_visits WHERE step = {place}")
        target = value.keep if value else None
        if not of:
            found[place] = Kept(None, 0, target, undecided=undecided)
            continue
        low, high = wilson(held / of, of)
        found[place] = Kept(held / of, of, target, of - held, undecided, low, high)
    return found


def received(visits: Visits) -> Received | None:
    """Which values the completed cases' customers received, and in what order.

    The value of a step is received where the case visited it and, if it promises something, no
    visit broke the promise. None where no step has a value, or no case is completed.
    """
    valued = [place for place, step in enumerate(visits.stream.steps) if step.has_value]
    (cases,) = row(visits.engine, "SELECT count(*) FROM cases WHERE completed")
    if not valued or not cases:
        return None
    visits.engine.table("receipts", _receipts(visits, valued))
    by_step = dict(visits.engine.rows("SELECT step, count(*) FROM receipts GROUP BY step"))
    sequences = tuple(_sequences(visits, cases))
    every = sum(s.cases for s in sequences if len(s.steps) == len(valued))
    low, high = wilson(every / cases, cases)
    names = {place: visits.stream.steps[place].step for place in valued}
    shares = {names[place]: by_step.get(place, 0) / cases for place in valued}
    return Received(cases, every / cases, low, high, shares, sequences)


def told(visits: Visits, place: int, promise: Promise) -> str:
    """SQL: the visits of a step and whether each kept its promise."""
    table, day = "visits", 86_400.0
    if is_working(promise):
        if visits.calendars is None:
            step = visits.stream.steps[place].step
            raise MeasureError(
                f"{step!r} promises {str(promise)!r}, and no calendar says when people work; name "
                "one of valuestream.yaml with 'calendar:'"
            )
        table, day = "visits_working", working_day(visits.calendars, place)
    return (
        f"SELECT case_key, step, place, {kept(visits.stream, promise, day)} AS kept "
        f"FROM {table} WHERE step = {place}"
    )


def _receipts(visits: Visits, valued: list[int]) -> str:
    """The values received, in the order in which each case received them first."""
    promised = dict(promises(visits.stream))
    parts = [told(visits, place, promised[place]) for place in valued if place in promised]
    plain = [str(place) for place in valued if place not in promised]
    if plain:
        parts.append(
            "SELECT case_key, step, place, CAST(NULL AS BOOLEAN) AS kept "
            f"FROM visits WHERE step IN ({', '.join(plain)})"
        )
    return f"""
        SELECT case_key, step,
          row_number() OVER (PARTITION BY case_key ORDER BY first_place) AS place
        FROM (SELECT told.case_key, told.step, min(told.place) AS first_place
              FROM ({" UNION ALL ".join(parts)}) AS told
              JOIN cases ON told.case_key = cases.case_key
              WHERE cases.completed
              GROUP BY told.case_key, told.step
              HAVING bool_and(coalesce(kept, TRUE))) AS received"""


def _sequences(visits: Visits, cases: int) -> Iterator[Sequence]:
    """The sequences of values received, most cases first; those of nothing too."""
    visits.engine.table(
        "receipt_sequences",
        "SELECT min(case_key) AS example, count(*) AS cases FROM ("
        "SELECT case_key, sum(hash(place * 65536 + step)) AS sequence FROM receipts "
        "GROUP BY case_key) AS sequenced GROUP BY sequence",
    )
    rows = visits.engine.rows("""
        SELECT list(step ORDER BY place), min(cases)
        FROM receipts JOIN receipt_sequences
          ON receipts.case_key = receipt_sequences.example
        GROUP BY receipts.case_key""")
    names = [step.step for step in visits.stream.steps]
    found = [Sequence(tuple(names[step] for step in steps), count) for steps, count in rows]
    nothing = cases - sum(sequence.cases for sequence in found)
    found += [Sequence((), nothing)] if nothing else []
    yield from sorted(found, key=lambda sequence: (-sequence.cases, sequence.steps))
