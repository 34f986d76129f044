"""Differences between samples whose truth is known, and samples against the figures measured."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from valuestream.events import Columns, read
from valuestream.measure import Segment, lay, measure
from valuestream.measure.comparing import compare_segments
from valuestream.measure.difference_words import in_words
from valuestream.measure.differences import Difference, differences
from valuestream.measure.effects import benjamini_hochberg, cliffs_delta, cohens_h
from valuestream.measure.pairs import pairs
from valuestream.measure.resampling import Durations, dealt_anew, drawn_again
from valuestream.measure.samples import Sample, sample
from valuestream.measure.working import Calendars
from valuestream.model.stream import Stream
from valuestream.model.workspace import Calendar

DATA = Path(__file__).parents[3] / "shared" / "data"


def of(values, share=None, each=1) -> Sample:
    """A sample with a lead time of so many values each case, and perhaps one share."""
    case, values = np.arange(len(values)) // each, np.asarray(values, float)
    cases = len(values) // each
    shares = {} if share is None else {"completed": (np.asarray(share, float), np.ones(cases))}
    return Sample(cases, {"lead_time": (case, values)}, shares)


def told(one: Sample, other: Sample, **how: int) -> dict[str, Difference]:
    return {d.figure: d for d in differences(one, other, **how).differences}


# --- chance and no chance ------------------------------------------------------------------------


def test_without_a_difference_one_in_twenty_p_is_below_one_in_twenty():
    ps = {"lead_time.p50": [], "lead_time.p85": [], "completed": []}
    for seed in range(800):
        random = np.random.default_rng([91, seed])
        one, other = (
            of(random.lognormal(size=n), random.integers(20, size=n) / 19) for n in (40, 25)
        )
        for name, difference in told(one, other, seed=seed, rounds=99).items():
            ps[name].append(difference.p)
    for name, found in ps.items():
        assert np.mean(np.array(found) <= 0.05) == pytest.approx(0.05, abs=0.02), name
        assert np.mean(np.array(found) <= 0.5) == pytest.approx(0.5, abs=0.06), name


def test_values_of_a_case_that_hang_together_do_not_make_the_test_eager():
    eager = covered = 0
    for seed in range(300):
        random = np.random.default_rng([2, seed])
        one, other = (of(np.repeat(random.normal(size=30), 20), each=20) for _ in range(2))
        difference = told(one, other, seed=seed, rounds=199)["lead_time.p50"]
        eager += difference.p <= 0.05
        covered += difference.low <= 0 <= difference.high
    # Dealing values instead of cases finds a difference in more than half of these.
    assert eager / 300 == pytest.approx(0.05, abs=0.04)
    assert covered / 300 == pytest.approx(0.95, abs=0.04)


def test_a_lone_difference_is_found_among_many_figures():
    random = np.random.default_rng(3)
    names = [f"steps/S{place}/wait_time" for place in range(60)]
    one, other = (
        Sample(50, {name: (np.arange(50), random.normal(size=50)) for name in names}, {})
        for _ in range(2)
    )
    other.durations[names[7]] = np.arange(50), random.normal(3, 1, size=50)
    found = told(one, other, rounds=300)
    assert {name for name, d in found.items() if d.larger_than_chance} == {
        f"{names[7]}.p50",
        f"{names[7]}.p85",
    }


def test_an_interval_holds_the_true_difference_nineteen_times_in_twenty():
    held = {"lead_time.p50": 0, "lead_time.p85": 0, "completed": 0}
    truth = {"lead_time.p50": 1, "lead_time.p85": 1, "completed": 0.2}
    for seed in range(200):
        random = np.random.default_rng([4, seed])
        one = of(random.exponential(size=150), random.random(150) < 0.5)
        other = of(random.exponential(size=200) + 1, random.random(200) < 0.7)
        for name, d in told(one, other, seed=seed, rounds=300).items():
            held[name] += d.low <= truth[name] <= d.high
    for name, times in held.items():
        assert times / 200 == pytest.approx(0.95, abs=0.04), name


@pytest.mark.parametrize("cases", [30, 6_000])
def test_a_shift_is_found_in_its_direction(cases):
    random = np.random.default_rng(5)
    one, other = of(random.normal(size=cases)), of(random.normal(1.5, 1, size=cases))
    for name, difference in told(one, other, rounds=500).items():
        assert difference.larger_than_chance, name
        assert difference.low < 1.5 < difference.high
        assert difference.effect > 0
        assert difference.size == "large"
    back = told(other, one, rounds=500)["lead_time.p50"]
    assert back.effect == -difference.effect
    assert back.low < back.high < 0


def test_of_many_cases_those_dealt_are_picked_from_all():
    # The first half of the cases of both sides is alike; each case has its value twice.
    random = np.random.default_rng(13)
    one, later = random.normal(size=12_000), random.normal(3, 1, size=6_000)
    other = np.concatenate([random.normal(size=6_000), later])
    found = told(of(np.repeat(one, 2), each=2), of(np.repeat(other, 2), each=2), rounds=100)
    assert all(difference.p < 0.02 for difference in found.values())


def test_a_case_is_dealt_with_all_its_values():
    values = np.repeat(np.arange(6_000.0), 2)
    (pair,), _ = pairs(of(values, each=2), of(values[:40] + 0.5, each=2), seed=0)
    assert pair.sides == (5_000, 20)
    assert (np.bincount(pair.dealt.case) == 2).all()
    first, second = pair.dealt.values[np.argsort(pair.dealt.case, kind="stable")].reshape(-1, 2).T
    assert (first == second).all()
    assert (first[5_000:] % 1 == 0.5).all()


def test_a_negligible_difference_is_larger_than_chance_all_the_same():
    random = np.random.default_rng(6)
    one, other = of(random.normal(size=5_000)), of(random.normal(0.15, 1, size=5_000))
    difference = told(one, other, rounds=300)["lead_time.p50"]
    assert (difference.larger_than_chance, difference.size) == (True, "negligible")


# --- each number against its definition ----------------------------------------------------------


@pytest.mark.parametrize("name", ["lead_time.p50", "completed"])
def test_p_is_that_of_all_permutations(name):
    values = np.array([1, 5, 6, 7, 9, 3, 8, 11, 12, 12, 14.0])
    share = np.array([0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1.0])
    one, other = of(values[:5], share[:5]), of(values[5:], share[5:])
    figure, given = (np.median, values) if name == "lead_time.p50" else (np.mean, share)
    seen = abs(figure(given[5:]) - figure(given[:5]))
    hits = [
        abs(figure(np.delete(given, chosen)) - figure(given[list(chosen)])) >= seen - 1e-12
        for chosen in combinations(range(11), 5)
    ]
    exact = np.mean(hits)
    assert 0.01 < exact < 0.3
    assert told(one, other, rounds=20_000)[name].p == pytest.approx(exact, abs=0.01)


def test_p_counts_itself_among_the_permutations():
    random = np.random.default_rng(7)
    one, other = of(random.normal(size=50)), of(random.normal(9, 1, size=50))
    # Two figures need fewer than 99 permutations to stand out: there are no more of them.
    assert told(one, other, rounds=99)["lead_time.p50"].p == 1 / 100


def test_p_is_that_of_the_cases_that_have_the_figure():
    random = np.random.default_rng(8)
    few = Sample(5_000, {"wait": (np.arange(8), random.normal(size=8))}, {})
    rare = Sample(40, {"wait": (np.arange(8), random.normal(9, 1, size=8))}, {})
    assert told(few, rare, rounds=999)["wait.p50"].p < 0.005


@pytest.mark.parametrize("seed", range(5))
def test_cliffs_delta_is_that_of_all_pairs(seed):
    random = np.random.default_rng(seed)
    one, other = random.integers(9, size=23).astype(float), random.integers(3, 12, size=17) * 1.0
    plain = sum(int(b > a) - int(b < a) for a in one for b in other) / (23 * 17)
    assert cliffs_delta(one, other)[0] == pytest.approx(plain)


def test_sizes_begin_at_their_thresholds():
    steps = np.arange(1000.0)
    # So many of a thousand pairs above, the rest below: delta = (2 * above - 1000) / 1000.
    sizes = [cliffs_delta(steps, np.array([above - 0.5]))[1] for above in (573, 574, 665, 737)]
    assert sizes == ["negligible", "small", "medium", "large"]
    sizes = [cohens_h(0.5, share)[1] for share in (0.59, 0.6, 0.74, 0.86)]
    assert sizes == ["negligible", "small", "medium", "large"]
    assert cohens_h(0, 1)[0] == pytest.approx(np.pi)


def test_benjamini_and_hochberg_by_hand():
    # 0.01 * 5 / 1, 0.04 * 5 / 4 (below 0.03 * 5 / 2 and 0.0375 * 5 / 3), 0.9 * 5 / 5.
    ps = [0.04, 0.01, 0.9, 0.03, 0.0375]
    assert benjamini_hochberg(ps) == pytest.approx([0.05, 0.05, 0.9, 0.05, 0.05])
    assert benjamini_hochberg([0.02, 0.002, 0.5]) == pytest.approx([0.03, 0.006, 0.5])
    assert benjamini_hochberg([]) == []


@pytest.mark.parametrize("values", [1, 7, 64, 65, 400])
def test_percentiles_of_drawings_are_those_of_the_values_drawn(values):
    random = np.random.default_rng(values)
    case, seconds = random.integers(30, size=values), random.normal(size=values)
    drawn = drawn_again(random, 30, 250)
    assert (drawn.sum(axis=0) == 30).all()
    found = Durations(case, seconds, (0.5, 0.85)).figures(drawn)
    for column, weights in enumerate(drawn.T):
        repeated = np.repeat(seconds, weights[case])
        plain = np.percentile(repeated, [50, 85]) if len(repeated) else [np.nan, np.nan]
        assert found[:, column] == pytest.approx(plain, nan_ok=True)


def test_both_sides_of_a_deal_are_told_apart():
    random = np.random.default_rng(9)
    case, seconds = random.integers(30, size=100), random.normal(size=100)
    labels = dealt_anew(random, 12, 18, 50)
    assert (labels.sum(axis=0) == 12).all()
    one, other = Durations(case, seconds, (0.5, 0.85)).both(labels)
    for column, dealt in enumerate(labels.T):
        first = dealt[case] == 1
        assert one[:, column] == pytest.approx(np.percentile(seconds[first], [50, 85]))
        assert other[:, column] == pytest.approx(np.percentile(seconds[~first], [50, 85]))


def test_each_case_is_dealt_as_often():
    labels = dealt_anew(np.random.default_rng(10), 3, 7, 20_000)
    assert labels.mean(axis=1) == pytest.approx(np.full(10, 0.3), abs=0.015)


# --- what is little, or nothing ------------------------------------------------------------------


def test_the_same_seed_gives_the_same():
    random = np.random.default_rng(11)
    one, other = of(random.normal(size=50)), of(random.normal(size=60))
    assert differences(one, other, rounds=150) == differences(one, other, rounds=150)
    assert differences(one, other, rounds=150) != differences(one, other, rounds=150, seed=1)


def test_what_too_few_cases_have_is_not_told():
    full, little = np.arange(9.0), np.arange(4.0)
    one, other = of(full, full > 3), of(little, little > 3)
    found = differences(one, other, rounds=50)
    assert (found.differences, found.not_told) == ((), ("lead_time", "completed"))
    assert found.cases == (9, 4)
    # Many values of few cases are no more than these cases.
    found = differences(of(full), of(np.arange(40.0), each=10), rounds=50)
    assert found.not_told == ("lead_time",)


def test_a_figure_of_one_side_or_of_no_case_is_not_told():
    some, none = of(np.arange(9.0), np.ones(9)), Sample(9, {}, {"completed": (np.zeros(9),) * 2})
    for one, other in ((some, none), (none, some)):
        found = differences(one, other, rounds=50)
        assert (found.differences, found.not_told) == ((), ("lead_time", "completed"))
    assert differences(Sample(0, {}, {}), some, rounds=50).differences == ()


def test_constant_values_do_not_differ():
    found = told(of(np.full(20, 60.0), np.ones(20)), of(np.full(9, 60.0), np.ones(9)), rounds=99)
    for difference in found.values():
        assert difference.one == difference.other
        assert (difference.low, difference.high, difference.effect) == (0, 0, 0)
        assert (difference.p, difference.adjusted) == (1, 1)
        assert not difference.larger_than_chance


def test_a_constant_ratio_does_not_differ_by_rounding():
    one, other = np.random.default_rng(14).random((2, 40)) * 7
    samples = (Sample(40, {}, {"flow_efficiency": (0.3 * lead, lead)}) for lead in (one, other))
    difference = told(*samples, rounds=200)["flow_efficiency"]
    assert difference.p == 1
    assert in_words(difference) == "Flow efficiency: the same, 30 %"


def test_two_constants_differ():
    found = told(of(np.full(20, 60.0), np.zeros(20)), of(np.full(9, 90.0), np.ones(9)), rounds=500)
    median, share = found["lead_time.p50"], found["completed"]
    assert (median.low, median.high, median.effect) == (30, 30, 1)
    assert (share.one, share.other, share.low, share.high) == (0, 1, 1, 1)
    assert share.larger_than_chance
    # Two medians this far apart come of every deal that gives the nine cases five of their own.
    assert 0.05 < median.p < 0.15


def test_shares_weigh_cases_by_their_denominators():
    numerator, denominator = np.array([1, 2, 0, 3, 9, 0.0]), np.array([2, 2, 1, 5, 10, 0.0])
    one = Sample(6, {}, {"kept": (numerator, denominator)})
    other = Sample(6, {}, {"kept": (denominator, denominator)})
    difference = told(one, other, rounds=50)["kept"]
    assert (difference.one, difference.other) == (15 / 20, 1)


def test_cases_without_a_denominator_are_not_dealt():
    counted, kept = np.repeat([0.0, 1.0], [10, 20]), np.repeat([0.0, 1.0], [20, 10])
    one = Sample(30, {}, {"kept": (kept, counted)})
    other = Sample(30, {}, {"kept": (0 * kept, counted)})
    assert told(one, other, rounds=200)["kept"].p < 0.02


# --- samples of laid visits ----------------------------------------------------------------------

STREAM = Stream.model_validate(
    {
        "stream": "S",
        "steps": [
            {"step": "A/1", "events": ["A"]},
            {
                "step": "B",
                "value": {"receives": "an answer", "promise": "within 60 min of arriving"},
            },
            {"step": "C"},
        ],
    }
)


@pytest.fixture
def events(tmp_path):
    """Two hundred cases; those of the shop wait longer and come back more often."""
    random = np.random.default_rng(12)
    lines = ["case,activity,start,end,channel"]
    for case in range(200):
        channel, minute = ("web", "shop")[case % 2], 0
        back = random.random() < (0.1, 0.6)[case % 2]
        for step in ["A", "B", *(["A", "B"] if back else []), *("C" * (random.random() < 0.8))]:
            start = minute + int(random.exponential((20, 60)[case % 2]))
            minute = start + int(random.integers(1, 30))
            times = (
                f"2026-01-{1 + m // 1440:02}T{m // 60 % 24:02}:{m % 60:02}Z"
                for m in (start, minute)
            )
            lines.append(",".join([str(case), step, *times, channel]))
    (tmp_path / "log.csv").write_text("\n".join(lines) + "\n")
    with read(tmp_path / "log.csv") as opened:
        yield opened


def agree(taken: Sample, figures) -> int:
    """Each figure of a sample of all cases is the measured one; how many there are."""
    spreads = {"lead_time": figures.lead_time, "process_time": figures.process_time}
    shares = {
        "completed": figures.completed_cases / figures.cases,
        "flow_efficiency": figures.flow_efficiency,
    }
    for step in figures.steps:
        for name in ("process_time", "wait_time", "elapsed_time"):
            spreads[f"steps/{step.step}/{name}"] = getattr(step, name)
        for name in ("rework", "complete_accurate"):
            shares[f"steps/{step.step}/{name}"] = getattr(step, name)
        if step.promise:
            shares[f"steps/{step.step}/promise.kept"] = step.promise.kept
    spreads = {name: spread for name, spread in spreads.items() if spread.p50 is not None}
    assert taken.cases == figures.cases
    assert set(taken.durations) == set(spreads)
    for name, (_, values) in taken.durations.items():
        plain = (spreads[name].p50, spreads[name].p85)
        assert np.percentile(values, [50, 85]) == pytest.approx(plain), name
    for name, share in shares.items():
        numerator, denominator = taken.shares.get(name, (np.zeros(1), np.zeros(1)))
        total = denominator.sum()
        assert (numerator.sum() / total if total else None) == (share and pytest.approx(share)), (
            name
        )
    return len(spreads) + len(shares)


def test_a_sample_of_all_cases_gives_the_measured_figures(events):
    assert agree(sample(lay(STREAM, events)), measure(STREAM, events)) == 20


def test_of_many_cases_a_sample_is_some_and_the_same(events):
    visits = lay(STREAM, events)
    one, other = sample(visits, most=50), sample(visits, most=50)
    assert one.cases == 50
    assert all(number.max() < 50 for number, _ in one.durations.values())
    assert all(len(part) == 50 for parts in one.shares.values() for part in parts)
    assert sorted(one.durations["lead_time"][1]) == sorted(other.durations["lead_time"][1])


def test_two_segments_are_laid_and_sampled_in_turn(events):
    web, shop = (
        sample(lay(STREAM, events, Segment(value=("channel", value)))) for value in ("web", "shop")
    )
    found = differences(web, shop, rounds=500)
    assert (found.cases, found.not_told) == ((100, 100), ())
    larger = {d.figure for d in found.differences if d.larger_than_chance}
    assert {"steps/B/wait_time.p50", "steps/B/rework", "steps/A/1/rework"} <= larger
    assert not {"steps/B/process_time.p50", "steps/C/process_time.p50", "completed"} & larger


LOGS = {
    "log_receipt/receipt.csv.gz": Columns(),
    "log_production/Production.csv.gz": Columns(),
    "log_purchasing/PurchasingExample.csv.gz": Columns(),
    "log_patients/patients.csv": Columns(case="patient"),
}


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize("log", LOGS)
def test_samples_of_real_logs_give_the_measured_figures(log):
    with read(DATA / log, LOGS[log]) as events:
        names = [name for (name,) in events.engine.connection.execute(
            "SELECT DISTINCT activity FROM events ORDER BY 1"
        ).fetchall()]  # fmt: skip
        steps = [{"step": name, "id": f"s{place}"} for place, name in enumerate(names)]
        stream = Stream.model_validate({"stream": "S", "steps": steps})
        assert agree(sample(lay(stream, events)), measure(stream, events)) > 10


# --- in words ------------------------------------------------------------------------------------


def difference(figure, one, other, low, high, size="large", adjusted=0.01):
    return Difference(figure, one, other, low, high, 0.5, size, adjusted, adjusted)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            difference("steps/Check-in/wait_time.p50", 600, 1320, 480, 900),
            "Wait before Check-in: the median is 12 min longer (8 min to 15 min), "
            "a large difference that chance does not explain",
        ),
        (
            difference("lead_time.p85", 1320, 600, -900, -480, "small"),
            "Lead time: the 85th percentile is 12 min shorter (8 min to 15 min), "
            "a small difference that chance does not explain",
        ),
        (
            difference("steps/A/B/process_time.p50", 600, 720, -60, 300, adjusted=0.3),
            "Process time of A/B: the median is 2 min longer (1 min shorter to 5 min longer), "
            "which may be chance",
        ),
        (
            difference("lead_time.p85", 600, 720, 60, 300, "negligible"),
            "Lead time: the 85th percentile is 2 min longer (1 min to 5 min), "
            "which chance does not explain, though the values as a whole hardly differ",
        ),
        (
            difference("steps/Check {in}/rework", 0.05, 0.12, 0.04, 0.1, "medium"),
            "Rework of Check {in}: 12 % instead of 5 %, 7 points more (4 points to 10 points), "
            "a medium difference that chance does not explain",
        ),
        (
            difference("completed", 0.5004, 0.5, -0.01, 0.1, adjusted=0.3),
            "Completed cases: 50 % instead of 50 %, < 0.1 points less (1 point less to 10 points more), "
            "which may be chance",
        ),
        (
            difference("steps/B/promise.kept", 1, 1, 0, 0, "negligible", 1),
            "Promise of B kept: the same, 100 %",
        ),
        (
            difference("lead_time.p50", 600, 600, -60, 60, "small", 1),
            "Lead time: the median is the same, 10 min",
        ),
    ],
)
def test_a_difference_in_words(said, words):
    assert in_words(said) == words


# --- working time --------------------------------------------------------------------------------


def test_segments_are_compared_in_working_time_too(tmp_path):
    log = tmp_path / "log.csv"
    rows = ["case,activity,start,end,group"]
    for case in range(60):
        # Over the weekend or within a week: an hour of work each, and two working days between.
        day = ("2026-01-09", "2026-01-13") if case % 2 else ("2026-01-12", "2026-01-14")
        for activity, at in zip(("Ask", "Answer"), day, strict=True):
            rows.append(f"{case},{activity},{at} 09:00,{at} 10:{case // 2:02},{case % 2}")
    log.write_text("\n".join(rows))
    stream = Stream.model_validate({"stream": "S", "steps": [{"step": "Ask"}, {"step": "Answer"}]})
    office = Calendars({"office": Calendar(hours=("09:00-17:00",))}, "UTC", "office", {})
    with read(log) as events:
        found = compare_segments(
            stream, events, Segment("\"group\" = '1'"), Segment("\"group\" = '0'"), office
        )
    told = {d.figure: d for d in found.differences}
    elapsed, working = told["lead_time.p50"], told["working_time.lead_time.p50"]
    assert (elapsed.one, elapsed.other) == pytest.approx((97.24 * 3600, 49.24 * 3600), abs=60)
    assert elapsed.larger_than_chance
    assert (working.one, working.other) == pytest.approx((17.24 * 3600, 17.24 * 3600), abs=60)
    assert not working.larger_than_chance
    assert in_words(working) == "Lead time in working time: the median is the same, 17 h 14 min"
    waits = told["steps/Answer/working_time.wait_time.p50"]
    assert in_words(waits).startswith("Wait before Answer in working time: ")
