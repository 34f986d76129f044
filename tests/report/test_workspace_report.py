"""The page of a workspace: it tells what helped from what did not, and says how to begin."""

import re
from datetime import date, datetime, timedelta
from random import Random

import pytest

from valuestream.effects import Given, of_folder
from valuestream.goals import measured
from valuestream.improvements import deliveries
from valuestream.measure.laying import LaidOnce
from valuestream.measure.logs import NamedLog
from valuestream.model.errors import InputError
from valuestream.report import gather_workspace, render_workspace

FIRST = datetime(2025, 1, 6, 9)
DAYS = 180
SECOND_DESK = date(2025, 3, 10)
LAST = date(2025, 7, 4)
DESK = """\
stream: Front desk
customer: Guest
log: desk.csv
steps:
  - step: Arrive
    process: Arrival
    value: Is seen
  - step: Check in
    value: {receives: Has the key, promise: within 15 min of arriving, keep: 90 %}
"""
DESIGN = """\
stream: Design
kind: developmental
steps:
  - {step: Build, develops: front-desk / Check in, process: Meetings}
deliveries:
  - {on: 2025-03-10, what: A second desk, changes: front-desk / Check in}
"""
GOALS = """\
objective: Nobody waits
period: 2025-H1
key results:
  - {key result: Nine in ten in time, measure: front-desk / Check in / promise.kept, from: 40 %, to: 90 %}
"""
ACTS = """\
{"time": "2025-04-01T09:00:00Z", "case": "aaaaaaaa", "activity": "find", "resource": "Team", "finding": "VS201", "place": "front-desk / check-in", "message": "they wait"}
{"time": "2025-04-02T09:00:00Z", "case": "aaaaaaaa", "activity": "accept", "resource": "Team", "finding": "VS201", "place": "front-desk / check-in"}
{"time": "2025-04-03T09:00:00Z", "case": "aaaaaaaa", "activity": "decide", "resource": "Team", "finding": "VS201", "place": "front-desk / check-in"}
{"time": "2025-05-05T09:00:00Z", "case": "aaaaaaaa", "activity": "roll-out", "resource": "Team", "finding": "VS201", "place": "front-desk / check-in", "words": "a sign at the door"}
{"time": "2025-07-20T09:00:00Z", "case": "aaaaaaaa", "activity": "drop", "resource": "Team", "finding": "VS201", "place": "front-desk / check-in"}
"""


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def desk_log():
    """Twelve guests a day, who wait twenty minutes, and from the second desk on only ten."""
    chance = Random(7)
    rows = ["case,activity,start,end"]
    for day in range(DAYS):
        for number in range(12):
            at = FIRST + timedelta(days=day, minutes=40 * number)
            wait = chance.lognormvariate(0, 0.3) * (20 if at.date() < SECOND_DESK else 10)
            start = at + timedelta(minutes=2 + wait)
            end = start + timedelta(minutes=chance.uniform(2, 6))
            case = f"{day}-{number}"
            rows.append(f"{case},Arrive,{at}Z,{at + timedelta(minutes=2)}Z")
            rows.append(f"{case},Check in,{start}Z,{end}Z")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def inn(tmp_path_factory):
    """A workspace with two planted changes: one that helps, and one that does not."""
    return write(
        tmp_path_factory.mktemp("inn") / "inn",
        valuestream__yaml="workspace: Inn\nprocesses:\n  Laundry: Care of rooms\n",
        desk__csv=desk_log(),
        desk__stream__yaml=DESK,
        design__stream__yaml=DESIGN,
        inn__goals__yaml=GOALS,
        improvements__jsonl=ACTS,
    )


@pytest.fixture(scope="module")
def opened():
    """The logs that were opened for the workspace's report, in order."""
    return []


@pytest.fixture(scope="module")
def found(inn, opened):
    plain = NamedLog.read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NamedLog, "read", lambda own: opened.append(own.source) or plain(own))
        return gather_workspace(inn, LAST)


@pytest.fixture(scope="module")
def inn_html(found):
    return render_workspace(found)


def page_of(folder, as_of=LAST):
    return render_workspace(gather_workspace(folder, as_of))


def test_it_tells_what_helped_from_what_did_not(found, inn_html, read):
    assert {h.names[0][0]: h.outcome for h in found.helped} == {
        "A second desk": "helped",
        "a sign at the door": "no visible effect",
    }
    text = read(inn_html).text
    assert "“A second desk” helped; “a sign at the door” had no visible effect." in text
    assert re.search(r"helped A second desk ?10 March 2025", text)
    assert re.search(r"no visible effect A sign at the door ?5 May 2025", text)


def test_goals_improvements_processes_and_missing_links_stand_on_it(inn_html, read):
    text = read(inn_html).text
    assert "Nine in ten in time" in text
    assert "rolled out" in text
    assert "Front desk / Check in" in text
    assert "No process serves Has the key" in text
    assert "The process Laundry serves no value" in text
    assert "1 step that no developmental stream builds or keeps: Front desk / Arrive" in text


def test_it_is_as_of_its_day(tmp_path):
    text = "stream: Front desk\nsteps: [{step: Check in}]\n"
    folder = write(tmp_path / "w", desk__stream__yaml=text, improvements__jsonl=ACTS)
    days = {LAST: "rolled out", date(2025, 4, 2): "accepted", date(2025, 8, 1): "dropped"}
    for day, state in days.items():
        assert gather_workspace(folder, day).board.improvements[0].state == state


def test_the_same_day_gives_the_same_bytes(inn, inn_html):
    assert page_of(inn) == inn_html


def test_each_log_is_opened_once_and_says_what_it_says_when_opened_anew(inn, found, opened):
    assert len(opened) == 1
    alone = measured(inn, LAST)[0].results[0].judged
    assert found.goals[0].results[0].judged.value == pytest.approx(alone.value)
    effects = {
        (e.step, e.figure): e for e in found.looked.effects if e.deliveries[0].by == "Design"
    }
    shared = effects["Check in", "wait_time.mean"]
    assert shared.verdict == "better"
    given = [Given("improvements", deliveries(found.board))]
    own = next(e for e in of_folder(inn, given).effects if e.figure == "wait_time.mean")
    assert (shared.change, shared.low) == pytest.approx((own.change, own.low))


def test_a_log_that_cannot_be_read_is_tried_once(tmp_path, monkeypatch):
    folder = write(tmp_path / "w", desk__stream__yaml=DESK, desk__csv="no,such\n1,2\n")
    opened = []
    plain = NamedLog.read
    monkeypatch.setattr(NamedLog, "read", lambda own: opened.append(own.source) or plain(own))
    with LaidOnce() as logs:
        first = gather_workspace(folder, LAST, logs=logs).streams[0]
        again = gather_workspace(folder, LAST, logs=logs).streams[0]
    assert first.why
    assert first.why == again.why
    assert len(opened) == 1


def test_an_empty_workspace_says_how_to_begin(tmp_path, read):
    folder = write(tmp_path / "w", a__stream__yaml="stream: A\nsteps:\n  - step: One\n")
    text = read(page_of(folder)).text
    for begin in (
        "valuestream goals suggest",
        "Nothing was delivered yet",
        "valuestream improvements accept",
        "kind: developmental",
        "No step says yet what the customer receives",
        "names no log",
    ):
        assert begin in text
    only = write(tmp_path / "d", d__stream__yaml=DESIGN.partition("deliveries")[0])
    assert "No operational stream is here" in read(page_of(only)).text


def test_a_folder_without_streams_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match="holds no stream"):
        gather_workspace(tmp_path, LAST)


def test_a_faulty_stream_among_them_is_named_and_the_others_shown(inn, tmp_path, read):
    folder = write(
        tmp_path / "w",
        desk__stream__yaml=DESK,
        desk__csv=(inn / "desk.csv").read_text(),
        bad__stream__yaml="stream: Bad\nsteps: 7\n",
        design__stream__yaml=DESIGN.replace("front-desk / Check in}", "bad / Step}"),
    )
    text = read(page_of(folder)).text
    assert "bad.stream.yaml" in text
    assert "2,160 cases" in text
    assert "'Bad' has faults" in text or "'bad' has faults" in text


HOSTILE = "</style></title><script>alert(1)</script>\"'&{{7*7}}<b onclick=x>"


def test_hostile_names_stand_there_as_text(tmp_path, read):
    quoted = HOSTILE.replace('"', '\\"')
    named = f'"{quoted}"'
    rows = "".join(
        f'{c},"{HOSTILE.replace(chr(34), chr(34) * 2)}",2025-01-0{c}T09:00:00Z,2025-01-0{c}T10:00:00Z\n'
        for c in range(1, 9)
    )
    folder = write(
        tmp_path / "w",
        valuestream__yaml=f"workspace: {named}\nprocesses:\n  {named}: {named}\n",
        log__csv="case,activity,start,end\n" + rows,
        a__stream__yaml=f"stream: {named}\nid: a\ncustomer: {named}\nlog: log.csv\nsteps:\n  - {{step: {named}, id: s, value: {named}}}\n",
        b__stream__yaml=f"stream: B\ncustomer: {named}\nsteps: [{{step: {named}}}]\n",
        d__stream__yaml=f"stream: D{HOSTILE[9:18]}\nkind: developmental\nsteps: [{{step: {named}, develops: {named}}}]\ndeliveries:\n  - {{on: 2025-01-04, what: {named}, changes: a / s}}\n",
        g__goals__yaml=f"objective: {named}\nkey results:\n  - {{key result: {named}, measure: a / lead_time.p85, to: 1 h}}\n",
        improvements__jsonl=ACTS.replace("they wait", quoted).replace("Team", quoted),
    )
    html = page_of(folder)
    page = read(html)
    assert not [tag for tag, _ in page.elements if tag == "script"]
    assert not any("onclick" in attrs for _, attrs in page.elements)
    assert HOSTILE in page.text
    assert html.count("</style>") == html.count("<style>")


def test_it_asks_no_other_file_or_machine_for_anything(inn_html, read):
    page = read(inn_html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "foreignobject"}
    for _, attrs in page.elements:
        for name in ("href", "src", "xlink:href", "srcset", "data", "action"):
            assert attrs.get(name, "#").startswith("#")
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    addresses = set(re.findall(r"https?://[^\"'\s<)]*", inn_html))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_ribbons_are_as_wide_as_the_time_of_a_case(inn_html):
    ribbons = re.findall(r'<div class="ribbon".*?</div>', inn_html, re.DOTALL)
    assert ribbons
    for ribbon in ribbons:
        widths = [float(width) for width in re.findall(r"width:([\d.]+)%", ribbon)]
        assert sum(widths) == pytest.approx(100, abs=1)
