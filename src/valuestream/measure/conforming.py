"""How far the cases of a log follow their stream: each variant aligned once, summed up by cases."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from valuestream.engines import row
from valuestream.measure.figures import figures
from valuestream.measure.visits import Visits
from valuestream.model.alignment import Aligner
from valuestream.model.conformance import (
    DEPARTURES,
    AlignedVariant,
    Conformance,
    Departure,
    Deviation,
    StepConformance,
    Times,
)
from valuestream.model.departures import Departed, departures, is_unfinished
from valuestream.model.figures import Figures
from valuestream.model.net import net

MOST_VARIANTS = 20_000
_MOST_STATES = 100
"""Beyond it, fewer variants are aligned, so that a state more costs no time more."""
_EXAMPLES, _WITH_EXAMPLES = 3, 100


def conform(visits: Visits, most: int = MOST_VARIANTS) -> Conformance:
    """The conformance of a log's cases to their stream, by optimal alignments.

    Where there are more than `most` variants, half of so many are the most frequent ones and half a
    sample of the others that stands for all of them. Raises NetError where nobody can say which
    sequences of steps the stream allows.
    """
    aligner, most = _aligner(visits, most)
    sums = _Sums(aligner)
    of = _counted(visits)
    for variant in _chosen(visits, of, most):
        sums.add(variant)
    return sums.conformance(visits, of)


def conforming_figures(visits: Visits) -> Figures:
    """The figures of a stream's visits, with their conformance. Raises NetError as `conform`."""
    return replace(figures(visits), conformance=conform(visits))


def deviating_cases(visits: Visits, deviation: Deviation) -> tuple[str, ...]:
    """The ids of all cases of the log that leave the stream so, in their order as texts.

    Of a log of more variants than are aligned, those of the aligned ones.
    """
    aligner, most = _aligner(visits, MOST_VARIANTS)
    names = [step.step for step in visits.stream.steps]
    wanted = (deviation.what, deviation.step, deviation.after, deviation.before)
    examples = [
        variant.example
        for variant in _chosen(visits, _counted(visits), most)
        if wanted in (_said(one, names) for one in departures(aligner.align(variant.steps).moves))
    ]
    listed = ", ".join(map(str, examples)) or "NULL"
    same = f"SELECT variant FROM cases WHERE case_key IN ({listed})"
    keys = visits.engine.rows(f"SELECT case_key FROM cases WHERE variant IN ({same})")
    return tuple(sorted(_case_ids(visits, [key for (key,) in keys]).values()))


def _aligner(visits: Visits, most: int) -> tuple[Aligner, int]:
    """Of the stream; and how many variants it aligns, of a stream of many states fewer."""
    states = net(visits.stream)
    return Aligner(states), max(2, most * _MOST_STATES // max(_MOST_STATES, len(states.moves)))


class _Variant(NamedTuple):
    steps: list[int]
    example: int
    cases: int
    lead_us: int
    stands_for: float
    """Cases of the log for each of its own."""


@dataclass
class _Tally:
    """Cases and visits of a deviation, the sum of the cases' lead times, and some of the cases."""

    cases: float = 0.0
    visits: float = 0.0
    lead_us: float = 0.0
    keys: list[tuple[float, int]] = field(default_factory=list)
    """The cases of a variant, negative, and the key of one of them."""

    def add(self, variant: _Variant, times: int) -> None:
        self.cases += variant.cases * variant.stands_for
        self.visits += variant.cases * variant.stands_for * times
        self.lead_us += variant.lead_us * variant.stands_for
        self.keys = sorted([*self.keys, (-variant.cases, variant.example)])[:_EXAMPLES]

    @property
    def times(self) -> Times:
        return Times(round(self.cases), round(self.visits))


class _Sums:
    """Alignments of variants, summed up."""

    def __init__(self, aligner: Aligner) -> None:
        self._aligner = aligner
        self._all, self._fitting, self._unfinished = _Tally(), _Tally(), _Tally()
        self._fitness = self._cost = self._worst = 0.0
        self._steps: dict[tuple[Departure, int], _Tally] = defaultdict(_Tally)
        self._deviations: dict[Departed, _Tally] = defaultdict(_Tally)
        self._variants: list[tuple[_Variant, int]] = []

    def add(self, variant: _Variant) -> None:
        aligned = self._aligner.align(variant.steps)
        weight = variant.cases * variant.stands_for
        self._all.add(variant, len(variant.steps))
        self._fitness += weight * self._aligner.fitness(aligned.cost, len(variant.steps))
        self._cost += weight * aligned.cost
        self._worst += weight * (len(variant.steps) + self._aligner.shortest)
        self._variants.append((variant, aligned.cost))
        if aligned.cost == 0:
            self._fitting.add(variant, 1)
        if is_unfinished(aligned.moves):
            self._unfinished.add(variant, 1)
        left = departures(aligned.moves)
        for one in dict.fromkeys(left):
            self._deviations[one].add(variant, left.count(one))
        at_steps = [(one.what, one.step) for one in left]
        for at in dict.fromkeys(at_steps):
            self._steps[at].add(variant, at_steps.count(at))

    def conformance(self, visits: Visits, variants_of: int) -> Conformance:
        names = [step.step for step in visits.stream.steps]
        cases = self._all.cases
        return Conformance(
            fitness=self._fitness / cases,
            log_fitness=1 - self._cost / self._worst,
            cases=round(cases),
            fitting_cases=self._fitting.times.cases,
            unfinished=self._unfinished.times.cases,
            shortest=self._aligner.shortest,
            variants_aligned=len(self._variants),
            variants_of=variants_of,
            steps=tuple(self._step(place, name) for place, name in enumerate(names)),
            deviations=tuple(self._named(visits, names)),
            variants=tuple(self._aligned(names)),
        )

    def _step(self, place: int, name: str) -> StepConformance:
        none = _Tally()
        times = (self._steps.get((what, place), none).times for what in DEPARTURES)
        return StepConformance(name, *times)

    def _named(self, visits: Visits, names: Sequence[str]) -> Iterator[Deviation]:
        found = sorted(self._deviations.items(), key=lambda one: (-one[1].cases, _place(one[0])))
        examples = [key for _, tally in found[:_WITH_EXAMPLES] for _, key in tally.keys]
        ids = _case_ids(visits, examples)
        for number, (one, tally) in enumerate(found):
            others = self._all.cases - tally.cases
            keys = tally.keys if number < _WITH_EXAMPLES else []
            yield Deviation(
                *_said(one, names),
                *(tally.times.cases, tally.times.visits),
                tally.lead_us / tally.cases / 1e6,
                (self._all.lead_us - tally.lead_us) / others / 1e6 if others > 0.5 else None,
                tuple(ids[key] for _, key in keys),
            )

    def _aligned(self, names: Sequence[str]) -> Iterator[AlignedVariant]:
        for variant, cost in sorted(self._variants, key=lambda one: (-one[0].cases, one[0].steps)):
            steps = tuple(names[step] for step in variant.steps)
            fitness = self._aligner.fitness(cost, len(steps))
            yield AlignedVariant(steps, variant.cases, cost, fitness)


def _said(one: Departed, names: Sequence[str]) -> tuple[Departure, str, str | None, str | None]:
    after, before = (None if p is None else names[p] for p in (one.after, one.before))
    return one.what, names[one.step], after, before


def _place(one: Departed) -> tuple[int, ...]:
    around = (-1 if place is None else place for place in (one.after, one.before))
    return (one.step, DEPARTURES.index(one.what), *around)


def _case_ids(visits: Visits, keys: Sequence[int]) -> dict[int, str]:
    """The log's ids of cases, by their keys in the tables of visits."""
    if not keys:
        return {}
    listed = ", ".join(str(key) for key in sorted(set(keys)))
    rows = visits.engine.rows(
        "SELECT DISTINCT hash(case_id), CAST(case_id AS VARCHAR) FROM chosen "
        f"WHERE hash(case_id) IN ({listed})"
    )
    return dict(rows)


def _counted(visits: Visits) -> int:
    """Makes `conforming`, the variants, with their turn by cases; says how many there are.

    The order of a sample is by a hash, so that it is the same one each time.
    """
    visits.engine.table(
        "conforming",
        "SELECT *, row_number() OVER (ORDER BY cases DESC, example) AS turn, "
        "hash(example) AS drawn FROM ("
        "SELECT min(case_key) AS example, count(*) AS cases, sum(end_us - start_us) AS lead_us "
        "FROM cases GROUP BY variant) AS counted",
    )
    return int(row(visits.engine, "SELECT count(*) FROM conforming")[0])


def _chosen(visits: Visits, of: int, most: int) -> Iterator[_Variant]:
    """The variants to align: all, or the most frequent ones and a sample of the others."""
    usual = most if of <= most else most // 2
    yield from _read(visits, f"SELECT * FROM conforming WHERE turn <= {usual}", 1.0)
    if of > usual:
        rest = f"SELECT * FROM conforming WHERE turn > {usual}"
        sample = f"SELECT * FROM ({rest}) AS rest ORDER BY drawn LIMIT {most - usual}"
        visits.engine.table("conforming_sample", sample)
        share = "(SELECT sum(cases) FROM conforming_sample) * 1.0 / sum(cases)"
        (sampled,) = row(visits.engine, f"SELECT {share} FROM ({rest}) AS rest")
        yield from _read(visits, "SELECT * FROM conforming_sample", 1 / float(sampled))


def _read(visits: Visits, variants: str, stands_for: float) -> Iterator[_Variant]:
    rows = visits.engine.rows(f"""
        SELECT list(step ORDER BY place), min(example), min(cases), min(lead_us)
        FROM visits JOIN ({variants}) AS aligned ON visits.case_key = aligned.example
        GROUP BY visits.case_key""")
    for steps, example, cases, lead_us in rows:
        yield _Variant(steps, example, cases, int(lead_us), stands_for)
