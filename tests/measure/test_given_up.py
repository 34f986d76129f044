"""Cases that were given up: not completed, and long without a visit."""

from made import laid, stream, written

from valuestream.measure.given_up import given_up

ABC = stream("A", "B", "C")
# Twenty cases that take 100 minutes each, one an hour.
DONE = "\n".join(f"d{n} {s} {60 * n + m} {60 * n + m + 10}" + f" R{n}"
                 for n in range(20) for s, m in (("A", 0), ("B", 40), ("C", 90)))  # fmt: skip


def seen(tmp_path, more: str):
    with laid(written(tmp_path, f"{DONE}\n{more}"), ABC) as visits:
        return given_up(visits)


def test_a_case_without_a_visit_for_longer_than_others_take_is_given_up(tmp_path):
    found = seen(tmp_path, "x A 0 10 Ann\nx B 20 50 Ann\nx B 60 65 Ann\ny A 0 10 Ann")
    assert (found.after, found.cases) == (6000, 2)
    assert list(found.steps) == ["A", "B"]
    a, b = found.steps.values()
    assert (a.visited, a.last, a.work) == (2, 1, 1200)
    assert (b.visited, b.last, b.work) == (1, 1, 35 * 60)


def test_what_had_a_visit_lately_or_is_being_worked_on_is_not(tmp_path):
    # The last end of all is in minute 19 * 60 + 100; 100 minutes before is minute 1,140.
    assert seen(tmp_path, "x A 1120 1140 Ann").cases == 0
    assert seen(tmp_path, "x A 1120 1139 Ann").cases == 1
    assert seen(tmp_path, "x A 0 10 Ann\nx B 20 - Ann").cases == 0


def test_of_few_completed_cases_nothing_follows(tmp_path):
    with laid(written(tmp_path, "1 A 0 10 Ann\n2 C 500 510 Ann"), ABC) as visits:
        found = given_up(visits)
    assert (found.after, found.cases, found.steps) == (None, 0, {})


def test_of_many_a_sample_stands_for_all(tmp_path):
    lines = "\n".join(f"x{n} A {n} {n + 5} Ann" for n in range(40))
    with laid(written(tmp_path, f"{DONE}\n{lines}"), ABC) as visits:
        whole, some = given_up(visits), given_up(visits, most=10)
    assert whole.cases == some.cases == 40
    assert whole.steps == some.steps
