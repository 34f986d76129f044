"""Little's law as a check: does the work in progress fit what came and how long it took?

The law says that the mean work in progress is the arrival rate times the mean lead time. Over a
period that begins and ends empty it holds by arithmetic, whatever happened in between; so it is
asked of each half of the period as well, where it holds only if the flow was steady: if as many
came as left, and the work did not grow older. See Little and Graves, "Little's Law", in Chhajed
and Lowe (eds.), "Building Intuition: Insights from Basic Operations Management Models and
Principles" (2008).
"""

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.visits import Visits
from valuestream.model.durations import format_duration
from valuestream.model.figures import Period
from valuestream.model.progress import Balance, LittlesLaw

_MICROS = 1_000_000
_DAY = 86_400 * _MICROS
_RATIO_OFF = 0.15
_COUNTS_OFF = 0.10

# Work in progress as DEFINITIONS has it: from the earliest start until the latest end, of cases
# with an open visit without end.
_CLOSED = "case_key NOT IN (SELECT case_key FROM open_cases)"
_IN_WORK = (
    f"SELECT start_us, end_us, completed FROM cases WHERE {_CLOSED} UNION ALL "
    "SELECT start_us, CAST(NULL AS BIGINT) AS end_us, FALSE AS completed FROM open_cases"
)


def littles_law(visits: Visits) -> LittlesLaw:
    """The law over the period of the visits."""
    first, last = _period(visits)
    if first == last:
        return LittlesLaw(
            None, (), None, "There is no period over which work could be in progress."
        )
    middle = (first + last) // 2
    whole = _balance(visits, first, last, last)
    halves = (_balance(visits, first, middle, last), _balance(visits, middle, last, last))
    one, other = halves[0].age, halves[1].age
    ageing = None if one is None or other is None else other > one * (1 + _RATIO_OFF)
    return LittlesLaw(whole, halves, ageing, _says(whole, halves))


def _period(visits: Visits) -> tuple[int, int]:
    """From the earliest start to the latest end or start seen; both the same where nothing is."""
    (first,) = row(visits.engine, f"SELECT min(start_us) FROM ({_IN_WORK}) AS in_work")
    (ended,) = row(visits.engine, "SELECT max(end_us) FROM cases")
    (opened,) = row(visits.engine, "SELECT max(start_us) FROM open_visits")
    seen = [t for t in (ended, opened) if t is not None]
    return (first, max(seen)) if seen else (0, 0)


def _balance(visits: Visits, begin: int, end: int, last: int) -> Balance:
    """The balance from `begin` to before `end`, to its very end where that is the last."""
    within = f"(t >= {begin} AND t < {end})" if end < last else f"(t >= {begin} AND t <= {end})"
    came, left = within.replace("t ", "start_us "), within.replace("t ", "end_us ")
    until = f"least(coalesce(end_us, {last}), {end})"
    since = f"greatest(start_us, {begin})"
    length = f"greatest({until} - {since}, 0)"
    # Over the time in work an age grows evenly: its mean lies in the middle.
    age = f"({until} - start_us + {since} - start_us) / 2.0"
    arrivals, gone, completed, in_work, aged, lead_time = row(
        visits.engine,
        f"""
        SELECT count(*) FILTER (WHERE {came}), count(*) FILTER (WHERE {left}),
          count(*) FILTER (WHERE {left} AND completed), coalesce(sum({length}), 0),
          sum(CAST(CAST({length} AS DOUBLE) * {age} AS DOUBLE)),
          avg(CASE WHEN {left} THEN end_us - start_us END)
        FROM ({_IN_WORK}) AS in_work""",
    )
    mean, rate = int(in_work) / (end - begin), arrivals * _DAY / (end - begin)
    expected = None if lead_time is None else rate * lead_time / _DAY
    return Balance(
        period=Period(instant(begin), instant(end)),
        arrivals=arrivals,
        left=gone,
        completed=completed,
        work_in_progress=mean,
        arrivals_per_day=rate,
        lead_time=None if lead_time is None else lead_time / _MICROS,
        expected=expected,
        ratio=mean / expected if expected else None,
        age=aged / int(in_work) / _MICROS if in_work else None,
    )


def _says(whole: Balance, halves: tuple[Balance, Balance]) -> str:
    balances = ((whole, ""), (halves[0], " in the first half"), (halves[1], " in the second half"))
    contradictions = [_unbalanced(*named) for named in balances]
    contradictions += [_unexpected(*named) for named in balances]
    return next(filter(None, contradictions), _fits(whole))


def _unbalanced(balance: Balance, when: str) -> str | None:
    came, done = balance.arrivals, balance.completed
    if abs(came - done) <= _COUNTS_OFF * max(came, done):
        return None
    more = "More" if came > done else "Fewer"
    return (
        f"{more} came than left{when}: {came:,} came and {done:,} reached an end, so the "
        "means do not tell what is to be expected."
    )


def _unexpected(balance: Balance, when: str) -> str | None:
    if balance.ratio is None or abs(balance.ratio - 1) <= _RATIO_OFF:
        return None
    more = "More" if balance.ratio > 1 else "Less"
    return (
        f"{more} was in work than expected{when}: {balance.work_in_progress:.3g} cases on average, "
        f"where {_product(balance)} makes {balance.expected:.3g}."
    )


def _fits(balance: Balance) -> str:
    if balance.expected is None:
        return "No case has left, so there is no lead time to compare with."
    return (
        f"The flow was steady: {_product(balance)} makes {balance.expected:.3g} cases in work, and "
        f"{balance.work_in_progress:.3g} were on average."
    )


def _product(balance: Balance) -> str:
    took = format_duration(balance.lead_time or 0)
    return f"{balance.arrivals_per_day:.3g} arrivals a day times {took}"
