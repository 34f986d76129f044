"""What sets slow cases apart is found where it is planted, and nowhere else."""

import numpy as np
import pandas as pd
import planted_reasons
import pytest

from valuestream.measure import MeasureError
from valuestream.why import problem_of, why
from valuestream.why.ranks import higher, holm, ranked, tail
from valuestream.why.words import heading, sentence


def reasons(folder, log, about="slow"):
    with planted_reasons.laid(folder, log) as (visits, events):
        return why(visits, events, problem_of(visits, about))


def first_is_planted(folder, seed):
    found = reasons(folder, planted_reasons.cases(seed)).reasons
    return bool(found) and (found[0].feature, found[0].value) == ("channel", "paper")


def names_any(folder, seed):
    return bool(reasons(folder, planted_reasons.cases(seed, slower=0)).reasons)


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_slow_segment_is_the_first_reason(tmp_path, seed):
    assert first_is_planted(tmp_path, seed)


def test_without_one_hardly_any_log_names_a_reason(tmp_path):
    assert sum(names_any(tmp_path, seed) for seed in range(1000, 1005)) == 0


@pytest.mark.slow
def test_rates_of_a_hundred_seeds(tmp_path):
    assert sum(first_is_planted(tmp_path, seed) for seed in range(100)) >= 95
    assert sum(names_any(tmp_path, seed) for seed in range(1000, 1100)) < 5


def test_the_figures_of_a_reason_are_those_of_its_cases(tmp_path):
    log = planted_reasons.cases(7)
    found = reasons(tmp_path, log)
    reason = found.reasons[0]
    paper, others = (log[(log.channel == "paper") == is_paper] for is_paper in (True, False))
    threshold = log.lead.quantile(0.85)
    assert found.threshold == pytest.approx(threshold * 3600)
    assert reason.cases == len(paper)
    assert reason.share_of_cases == pytest.approx(len(paper) / len(log))
    slow = log.lead > threshold
    assert reason.share_of_problem == pytest.approx((paper.lead > threshold).sum() / slow.sum())
    assert reason.effect.median == pytest.approx(paper.lead.median() * 3600)
    assert reason.effect.other_mean == pytest.approx(others.lead.mean() * 3600)
    delta = np.sign(np.subtract.outer(paper.lead.to_numpy(), others.lead.to_numpy())).mean()
    assert reason.effect.cliffs_delta == pytest.approx(delta)
    error = 1.96 * (paper.lead.sem() ** 2 + others.lead.sem() ** 2) ** 0.5
    assert reason.effect.low == pytest.approx(
        (paper.lead.mean() - others.lead.mean() - error) * 3600
    )
    excess = (log.lead - threshold).clip(lower=0)
    vanishing = excess[paper.index].sum() - excess[others.index].mean() * len(paper)
    assert reason.explained == pytest.approx(vanishing / excess.sum())


def test_a_noisy_copy_is_folded_into_what_it_copies(tmp_path):
    log = planted_reasons.cases(3, slower=0.8)
    noise = np.random.default_rng(3).random(len(log)) < 0.1
    log["form"] = np.where((log.channel == "paper") ^ noise, "long", "short")
    found = reasons(tmp_path, log).reasons
    assert [(r.feature, r.value) for r in found] == [("channel", "paper")]
    assert "whose 'form' is 'long'" in found[0].same


def test_an_attribute_that_only_goes_with_the_time_is_said_to(tmp_path):
    log = planted_reasons.cases(4, slower=0)
    late = log.came / log.came.max()
    log["lead"] *= 1 + late
    new = np.random.default_rng(4).random(len(log)) < late
    log["form"] = np.where(new, "new", "old")
    found = reasons(tmp_path, log)
    told = [r for r in found.reasons if r.feature == "form"]
    folded = [said for r in found.reasons for said in r.same if "'form'" in said]
    assert found.reasons
    assert folded or told
    assert all(r.only_by_period for r in told)


def test_what_stands_only_at_the_end_is_said_to_be_a_sign(tmp_path):
    log = planted_reasons.cases(5)
    with planted_reasons.laid(tmp_path, log):
        path = tmp_path / "log.parquet"
    table = pd.read_parquet(path)
    table.loc[table.activity == "Ask", "channel"] = None
    table.to_parquet(path)
    with planted_reasons.read(path) as events:
        visits = planted_reasons.lay(planted_reasons.STREAM, events)
        found = why(visits, events, problem_of(visits))
    assert found.reasons[0].known_late
    assert "known only at the last step" in sentence(found.reasons[0], found)


def test_reasons_are_said_plainly(tmp_path):
    found = reasons(tmp_path, planted_reasons.cases(0))
    said = sentence(found.reasons[0], found)
    assert said.startswith("Cases whose 'channel' is 'paper' take ")
    assert "confirmed on the other half (p < 0.001, " in said
    assert heading(found).startswith("225 of 1,500 cases are slow (above ")


def test_rework_is_asked_of_cases_with_a_repeated_step(tmp_path):
    with planted_reasons.laid(tmp_path, planted_reasons.cases(6)):
        path = tmp_path / "log.parquet"
    table = pd.read_parquet(path)
    again = table[(table.activity == "Decide") & (table.region == "N")].iloc[::2]
    pd.concat([table, again.assign(start=again.end, end=again.end)]).to_parquet(path)
    with planted_reasons.read(path) as events:
        visits = planted_reasons.lay(planted_reasons.STREAM, events)
        found = why(visits, events, problem_of(visits, "rework"))
    assert (found.reasons[0].feature, found.reasons[0].value) == ("region", "N")
    assert found.reasons[0].effect.mean == pytest.approx(0.5, abs=0.01)
    assert found.reasons[0].explained == pytest.approx(1)


def test_values_nearly_all_different_are_left_out_and_said(tmp_path):
    log = planted_reasons.cases(8, many=100)
    log["order"] = [f"o-{number}" for number in range(100)]
    assert (
        "'order' was left out: its values are nearly all different"
        in reasons(tmp_path, log).left_out
    )


def test_too_few_cases_are_said(tmp_path):
    with pytest.raises(MeasureError, match="only 20 cases"):
        reasons(tmp_path, planted_reasons.cases(0, many=20))


def test_cases_that_are_all_the_same_are_said(tmp_path):
    with pytest.raises(MeasureError, match="all 100 cases have the same value"):
        reasons(tmp_path, planted_reasons.cases(0, many=100).assign(lead=5.0))


def test_an_unknown_step_names_the_nearest(tmp_path):
    with pytest.raises(MeasureError, match="Decide"):
        reasons(tmp_path, planted_reasons.cases(0, many=60), "Decode")


def test_ranks_are_those_of_pandas_within_each_stratum():
    chance = np.random.default_rng(0)
    table = pd.DataFrame({"value": chance.integers(0, 9, 200), "of": chance.integers(0, 4, 200)})
    found = ranked(table.value.to_numpy(float), table.of.to_numpy())
    assert found == pytest.approx(table.groupby("of").value.rank().to_numpy())


def test_one_stratum_gives_as_seldom_a_z_as_dealing_anew_does():
    chance = np.random.default_rng(0)
    values, inside = chance.integers(0, 9, 80).astype(float), np.arange(80) < 25
    values[:25] += 1
    none = np.zeros(80, np.int64)
    ranks = ranked(values, none)
    sums = [ranks[chance.permutation(80)[:25]].sum() for _ in range(4000)]
    dealt = np.mean(np.array(sums) >= ranks[inside].sum())
    assert tail(higher(ranks, inside, none)) == pytest.approx(dealt, abs=0.01)


def test_what_only_the_strata_differ_in_is_no_difference():
    strata = np.repeat([0, 1], 100)
    inside = np.r_[np.arange(100) < 80, np.arange(100) < 20]
    values = np.random.default_rng(1).random(200) + (strata == 0) * 5
    none = np.zeros(200, np.int64)
    assert higher(ranked(values, none), inside, none) > 4
    assert abs(higher(ranked(values, strata), inside, strata)) < 2


def test_holm_adjusts_step_by_step():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
