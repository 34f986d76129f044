"""Each operation changes its own lines of a hand-written file, and no others."""

import json

import pytest
from store_made import BUILD, GOALS, HOTEL, KEY, handle, lines_changed, workspace

from valuestream.model.errors import InputError
from valuestream.store import Conflict, NoElement, Refused, Store, from_json, to_json
from valuestream.store.operations import (
    AddScenario,
    AddStep,
    Connect,
    Disconnect,
    MakeParallel,
    MergeSteps,
    MoveStep,
    RemoveStep,
    RenameStep,
    RenameStream,
    SetField,
    SetText,
    SplitStep,
    Unparallel,
)
from valuestream.text import check


@pytest.fixture
def store(tmp_path):
    return Store(workspace(tmp_path))


@pytest.fixture
def do(store, tmp_path):
    """Does an operation and says which lines of the file changed."""

    def done(operation):
        before = (tmp_path / KEY).read_text()
        applied = store.apply(KEY, operation, "ann")
        after = (tmp_path / KEY).read_text()
        assert applied.snapshot.text == after
        assert applied.snapshot.findings == ()
        return lines_changed(before, after)

    return done


FIELDS = [
    ("Desk", "wait", "3 min", ["-    wait: 12 min", "+    wait: 3 min"]),
    ("Desk", "work", "5 min", ["-    work: 4 min   # by watch", "+    work: 5 min   # by watch"]),
    ("Mail", "work", "5 min", ['-    work: "2 min"', '+    work: "5 min"']),
    ("Desk", "people", "3", ["+    people: 3"]),
    ("Desk", "end", "true", ["+    end: true"]),
    ("Leave", "step", "2026", ["-  - step: Leave", "+  - step: '2026'"]),
    ("Desk", "wait", None, ["-    wait: 12 min"]),
    ("Mail", "value.receives", "Knows", ["-    value: Knows all  # yes", "+    value: Knows  # yes"]),
    ("Desk", "by", ["A", "B, C"], ["-    by: Reception", "+    by: [A, 'B, C']"]),
    ("Unpack", "by", "Bell", ["+        by: Bell"]),
    (
        "Mail",
        "value.promise",
        "within 3 min",
        [
            "-    value: Knows all  # yes",
            "+    value:",
            "+      receives: Knows all  # yes",
            "+      promise: within 3 min",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("step", "key", "value", "lines"), FIELDS)
def test_a_field_is_written_on_its_own_line(do, store, step, key, value, lines):
    assert do(SetField(handle(store, step), key, value)) == lines


def test_a_field_of_the_document_whose_key_holds_a_dot(do, store):
    store.apply(KEY, SetField(None, ("scenarios", "v. 2", "why"), "It is dear"), "ann")
    assert do(SetField(None, ("scenarios", "v. 2", "why"), "No", was="It is dear")) == [
        "-    why: It is dear",
        "+    why: No",
    ]
    assert store.document(KEY).value(None, ("scenarios", "v. 2", "why")) == "No"


def test_a_block_becomes_another_list(do, store):
    steps = [{"step": "Sleep"}, {"step": "Dream"}]
    lines = do(SetField(handle(store, "Room"), "sub-steps", steps))
    assert lines == ["-      - step: Unpack  # by hand", "+      - step: Dream"]


def test_what_is_so_already_is_no_change(store):
    before = store.document(KEY)
    applied = store.apply(KEY, SetField(handle(store, "Desk"), "wait", "12 min", was="x"), "ann")
    assert applied.change is None
    assert applied.snapshot is before


def test_the_last_key_of_a_value_takes_the_value_along(do, store):
    assert do(SetField(handle(store, "Mail"), "value.receives", None)) == [
        "-    value: Knows all  # yes"
    ]


@pytest.mark.parametrize("was", [None, "11 min", 12, ""])
def test_another_value_than_was_seen_is_a_conflict(store, tmp_path, was):
    with pytest.raises(Conflict) as told:
        store.apply(KEY, SetField(handle(store, "Desk"), "wait", "1 min", was=was), "ann")
    assert (told.value.current, told.value.mine) == ("12 min", "1 min")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_number_is_seen_as_it_is_written(do, store):
    assert do(SetField(handle(store, "Room"), "people", "3", was="2")) == [
        "-    people: 2",
        "+    people: 3",
    ]


@pytest.mark.parametrize(
    ("step", "key", "value", "said"),
    [
        ("Desk", "wait", "soon", "no duration"),
        ("Desk", "wiat", "3 min", "no key 'wiat'"),
        ("Desk", "step", "Room", "named 'Room' too"),
        ("Desk", "step", "", "at least one letter"),
        ("Desk", "step", None, "a name"),
        ("Desk", "value.receives", "x" * 2001, "longer than 2,000"),
        ("Desk", (), "x", "needs a key"),
    ],
)
def test_a_faulty_value_is_refused_with_the_texts_own_sentence(
    store, tmp_path, step, key, value, said
):
    with pytest.raises(InputError, match=said):
        store.apply(KEY, SetField(handle(store, step), key, value), "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_step_is_added_behind_another(do, store):
    assert do(AddStep(handle(store, "Desk"), {"step": "Lift", "by": "Bell"})) == [
        "+  - step: Lift",
        "+    by: Bell",
    ]
    assert store.document(KEY).handles.index(handle(store, "Lift")) == 2


def test_a_step_without_a_name_gets_one_that_is_free(do, store):
    assert do(AddStep(handle(store, "Leave"), {})) == ["+  - step: New step"]
    assert do(AddStep(handle(store, "Leave"), {})) == ["+  - step: New step 2"]


def test_a_first_step_and_a_sub_step_are_added(do, store):
    assert do(AddStep(None, {"step": "Find"})) == ["+  - step: Find"]
    room = handle(store, "Room")
    assert do(AddStep(handle(store, "Unpack"), {"step": "Bath"}, within=room)) == [
        "+      - step: Bath"
    ]
    assert do(AddStep(None, {"step": "Read"}, within=handle(store, "Leave"))) == [
        "+    sub-steps:",
        "+      - step: Read",
    ]


def test_a_step_comes_between_two_that_a_way_leads_between(do, store):
    desk, room = handle(store, "Desk"), handle(store, "Room")
    assert do(AddStep(desk, {"step": "Lift"}, before=room))[0] == (
        "-    then: {Room: 80 %, Mail: 20 %}"
    )
    stream = store.document(KEY).stream
    assert [way.to for way in stream.steps[1].then] == [("Lift",), ("Mail",)]
    assert [way.share for way in stream.steps[1].then] == [0.8, 0.2]
    assert stream.steps[2].then == ()


def test_a_step_moves_with_its_comments(do, store):
    desk = handle(store, "Desk")
    do(MoveStep(desk, None))
    assert store.document(KEY).handles[0] == desk
    assert "  # the desk\n  - step: Desk\n" in store.document(KEY).text
    do(MoveStep(desk, handle(store, "Leave")))
    assert store.document(KEY).handles[-1] == desk
    do(MoveStep(desk, handle(store, "Mail")))
    assert store.document(KEY).stream.steps[1].step == "Desk"


def test_a_step_leaves_no_list_by_moving(store):
    with pytest.raises(Refused, match="different lists"):
        store.apply(KEY, MoveStep(handle(store, "Unpack"), handle(store, "Desk")), "ann")


def test_a_removed_step_takes_its_ways_and_mentions_along(do, store):
    applied = store.apply(KEY, RemoveStep(handle(store, "Desk")), "ann")
    stream = applied.snapshot.stream
    assert [s.step for s in stream.steps] == ["Mail", "Room", "Leave"]
    assert {way.to: round(way.share or 0.8, 9) for way in stream.steps[0].then} == {
        ("Room",): 0.8,
        ("Mail",): 0.2,
    }
    assert [flow.origin for flow in stream.information] == ["Chef"]
    assert stream.scenarios["second desk"].change == ()
    assert stream.steps[1].value.promise is None  # its clock began at the desk
    assert any("information" in note for note in applied.change.notes)
    assert any("promise" in note for note in applied.change.notes)
    for comment in ("# A hotel", "# its name", "# yes", "# by hand", "# the end", "# as promised"):
        assert comment in applied.snapshot.text


def test_who_removed_a_step_is_said_to_those_who_edit_it(store):
    desk = handle(store, "Desk")
    store.apply(KEY, RemoveStep(desk), "bob")
    for operation in (SetField(desk, "wait", "1 min"), MoveStep(desk, None), RemoveStep(desk)):
        with pytest.raises(NoElement, match=r"bob removed 'Desk' at .*undoing"):
            store.apply(KEY, operation, "ann")
    store.undo(KEY, "bob")
    assert store.document(KEY).text == HOTEL
    store.apply(KEY, SetField(desk, "wait", "1 min"), "ann")


def test_a_rename_goes_wherever_the_step_is_named(do, store, tmp_path):
    desk = handle(store, "Desk")
    assert do(RenameStep(desk, "Front desk", was="Desk")) == [
        "-  - step: Desk",
        "+  - step: Front desk",
        "-    value: {receives: Rests, promise: within 2 h of Desk, keep: 90 %}",
        "+    value: {receives: Rests, promise: within 2 h of Front desk, keep: 90 %}",
        "-  - {from: Guest, to: Desk, by: e-mail}",
        "+  - {from: Guest, to: Front desk, by: e-mail}",
        "-      - {step: Desk, people: 2}",
        "+      - {step: Front desk, people: 2}",
    ]
    assert handle(store, "Front desk") == desk
    goals = (tmp_path / "arrivals.goals.yaml").read_text()
    assert goals == GOALS.replace("/ Desk /", "/ Front desk /")
    build = (tmp_path / "build.stream.yaml").read_text()
    assert build == BUILD.replace("Hotel / Desk", "Hotel / Front desk")
    assert check([tmp_path]) == ()


def test_a_rename_keeps_the_id_by_which_improvements_name_it(do, store, tmp_path):
    act = {"time": "2026-03-01T10:00:00Z", "case": "k3f9q2bd", "activity": "accept"}
    act |= {"resource": "ann", "finding": "VS201", "place": "hotel / desk"}
    (tmp_path / "improvements.jsonl").write_text(json.dumps(act) + "\n")
    assert "+    id: room" not in do(RenameStep(handle(store, "Room"), "Suite"))
    assert "+    id: desk" in do(RenameStep(handle(store, "Desk"), "Front desk"))
    assert "+    id: desk" not in do(RenameStep(handle(store, "Front desk"), "Counter"))
    assert "+id: hotel" in do(RenameStream("Inn"))
    stream = store.document(KEY).document.stream
    assert (stream.key, stream.steps[stream.place("Counter")].key) == ("hotel", "desk")
    for _ in range(4):
        store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_rename_goes_into_every_form_of_then(do, store):
    room, mail = handle(store, "Room"), handle(store, "Mail")
    assert "+    then: {'Room: 1': 80 %, Mail: 20 %}" in do(RenameStep(room, "Room: 1"))
    assert "+    then: {'Room: 1': 80 %, Post: 20 %}" in do(RenameStep(mail, "Post"))
    store.apply(KEY, SetField(room, "then", [{"together": ["Post", "Leave"]}]), "ann")
    assert "+      - together: [Letter, Leave]" in do(RenameStep(mail, "Letter"))


def test_an_undone_rename_is_undone_in_every_document(store, tmp_path):
    store.apply(KEY, RenameStep(handle(store, "Desk"), "Front desk"), "ann")
    store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL
    assert (tmp_path / "arrivals.goals.yaml").read_text() == GOALS
    assert (tmp_path / "build.stream.yaml").read_text() == BUILD
    store.redo(KEY, "ann")
    assert "Front desk" in (tmp_path / "arrivals.goals.yaml").read_text()


def test_a_stream_is_renamed_where_others_link_to_it(do, store, tmp_path):
    assert do(RenameStream("Inn", was="Hotel")) == [
        "-stream: Hotel   # its name",
        "+stream: Inn   # its name",
    ]
    assert check([tmp_path]) == ()
    assert "develops: [Inn / Desk, Inn / Room]" in (tmp_path / "build.stream.yaml").read_text()
    assert "detailed in: Inn" in (tmp_path / "build.stream.yaml").read_text()
    assert "measure: Inn / Desk" in (tmp_path / "arrivals.goals.yaml").read_text()


def test_a_split_leaves_the_ways_on_with_the_last_part(do, store):
    desk = handle(store, "Desk")
    lines = do(SplitStep(desk, ("Desk", "Key", "Lift")))
    assert [line for line in lines if line.startswith("-")] == [
        "-    then: {Room: 80 %, Mail: 20 %}"
    ]
    steps = store.document(KEY).stream.steps
    assert [s.step for s in steps] == ["Mail", "Desk", "Key", "Lift", "Room", "Leave"]
    assert [way.to for way in steps[3].then] == [("Room",), ("Mail",)]
    assert steps[1].then == steps[2].then == ()
    assert handle(store, "Desk") == desk


def test_steps_merge_into_a_neighbour(do, store, tmp_path):
    desk, mail = handle(store, "Desk"), handle(store, "Mail")
    store.apply(KEY, SetField(desk, "then", None), "ann")
    lines = do(MergeSteps((mail,), desk))
    assert "-  - step: Mail" in lines
    step = store.document(KEY).stream.steps[0]
    assert (step.step, step.value.receives, step.by) == ("Desk", "Knows all", ("Reception",))
    assert step.work.expected == 6 * 60
    assert handle(store, "Desk") == desk
    store.undo(KEY, "ann")
    store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_steps_run_at_the_same_time_and_in_turn_again(do, store):
    desk, room, leave = (handle(store, name) for name in ("Desk", "Room", "Leave"))
    store.apply(KEY, SetField(desk, "then", None), "ann")
    store.apply(KEY, AddStep(leave, {"step": "Review"}), "ann")
    before = store.document(KEY).stream
    do(MakeParallel((room, leave)))
    assert store.document(KEY).stream.steps[1].then[0].to == ("Room", "Leave")
    do(Unparallel((leave, room)))
    assert store.document(KEY).stream == before


def test_three_steps_run_at_the_same_time(do, store):
    desk, room, leave = (handle(store, name) for name in ("Desk", "Room", "Leave"))
    store.apply(KEY, SetField(desk, "then", None), "ann")
    store.apply(KEY, AddStep(leave, {"step": "Review"}), "ann")
    before = store.document(KEY).stream
    do(MakeParallel((leave, room, desk)))
    assert store.document(KEY).stream.steps[0].then[0].to == ("Desk", "Room", "Leave")
    do(Unparallel((desk, room, leave)))
    assert store.document(KEY).stream == before


def test_a_way_is_added_and_taken_away(do, store):
    mail, room = handle(store, "Mail"), handle(store, "Room")
    assert do(Connect(mail, room, "30 %")) == [
        "+    then:",
        "+      - Desk",
        "+      - Room: 30 %",
    ]
    assert do(Disconnect(mail, room)) == [
        "-    then:",
        "-      - Desk",
        "-      - Room: 30 %",
    ]
    assert store.document(KEY).text == HOTEL


def test_a_way_back_and_the_end_of_a_step(do, store):
    room, leave, desk = (handle(store, name) for name in ("Room", "Leave", "Desk"))
    do(Connect(leave, desk, "10 %"))
    step = store.document(KEY).stream.steps[3]
    assert (step.then[0].to, step.then[0].share, step.end) == (("Desk",), 0.1, True)
    do(Disconnect(room, leave))
    assert store.document(KEY).stream.steps[2].end
    assert store.document(KEY).stream.steps[3].end


def test_a_way_that_is_not_there_is_not_taken_away(store):
    with pytest.raises(Refused, match="does not lead"):
        store.apply(KEY, Disconnect(handle(store, "Mail"), handle(store, "Leave")), "ann")


def test_shares_above_the_whole_are_refused(store):
    with pytest.raises(Refused, match="100 %"):
        store.apply(KEY, Connect(handle(store, "Desk"), handle(store, "Leave"), "30 %"), "ann")


def test_a_whole_text_keeps_handles_and_line_ends(tmp_path):
    (tmp_path / KEY).write_bytes(HOTEL.replace("\n", "\r\n").encode())
    store = Store(tmp_path)
    desk = handle(store, "Desk")
    text = HOTEL.replace("step: Desk", "step: Counter").replace("Room: 80", "Room: 70")
    text = text.replace("Mail: 20", "Mail: 30").replace("of Desk", "of Counter")
    store.apply(KEY, SetText(text, store.document(KEY).version), "ann")
    assert (tmp_path / KEY).read_bytes() == text.replace("\n", "\r\n").encode()
    assert handle(store, "Counter") == desk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HOTEL + "wyh: x\n", "no key 'wyh'"),
        (HOTEL + "why: [x\n", "not closed"),
        ("", "empty"),
        ("a: 1\n---\nb: 2\n", "second document"),
    ],
)
def test_a_faulty_text_is_not_written(store, tmp_path, text, said):
    with pytest.raises(Refused, match=said) as told:
        store.apply(KEY, SetText(text, store.document(KEY).version), "ann")
    assert told.value.findings
    assert (tmp_path / KEY).read_text() == HOTEL


def test_goals_and_the_shared_file_are_edited_likewise(store, tmp_path):
    goals = "arrivals.goals.yaml"
    (handle_of_first,) = store.document(goals).handles
    store.apply(goals, SetField(handle_of_first, "to", "95 %", was="90 %"), "ann")
    store.apply(goals, SetField(handle_of_first, "key result", "Faster"), "ann")
    assert (tmp_path / goals).read_text() == GOALS.replace("90 %", "95 %").replace(
        "Fast  #", "Faster  #"
    )
    store.create("valuestream.yaml", "workspace: Grand\n", "ann")
    store.apply("valuestream.yaml", SetField(None, "roles.Reception.people", "2"), "ann")
    assert (tmp_path / "valuestream.yaml").read_text() == (
        "workspace: Grand\nroles:\n  Reception:\n    people: 2\n"
    )


OPERATIONS = [
    SetField("a", "value.promise", "x", was=None),
    SetField(None, ("a", 1), ["x"]),
    AddStep(None, {"step": "X"}, None, "b"),
    RemoveStep("a"),
    MoveStep("a", None),
    SplitStep("a", ("x", "y")),
    MergeSteps(("a", "b"), "c"),
    MakeParallel(("a", "b")),
    Unparallel(("a", "b")),
    Connect("a", "b", "3 %"),
    Disconnect("a", "b"),
    RenameStep("a", "x", "y"),
    RenameStream("x"),
    AddScenario("x", {"change": [{"step": "a", "remove": True}]}),
    SetText("x", 3),
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: type(o).__name__)
def test_operations_travel_as_json(operation):
    assert from_json(json.loads(json.dumps(to_json(operation)))) == operation


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ([], "is an object"),
        ({}, "no operation ''"),
        ({"operation": "setfield"}, "did you mean 'SetField'"),
        ({"operation": "RemoveStep"}, "needs 'element'"),
        ({"operation": "RemoveStep", "element": "a", "elment": 1}, "did you mean 'element'"),
        ({"operation": "RemoveStep", "element": 3}, "is a text"),
        ({"operation": "SetText", "text": "x", "base": "3"}, "version"),
        ({"operation": "MergeSteps", "elements": "ab", "into": "c"}, "list of texts"),
        ({"operation": "SetField", "element": None, "key": 3, "value": 1}, "a key"),
        ({"operation": "AddStep", "after": None, "fields": []}, "an object"),
        ({"operation": "Connect", "element": None, "to": "b"}, "is a text"),
    ],
)
def test_what_is_no_operation_is_said(written, said):
    with pytest.raises(InputError, match=said):
        from_json(written)


SCENARIO = {"why": "Guests wait", "change": [{"step": "Mail", "remove": True}]}


def test_a_scenario_is_written_behind_the_others(do, store):
    assert do(AddScenario("no mail", SCENARIO)) == [
        "+  no mail:",
        "+    why: Guests wait",
        "+    change:",
        "+      - step: Mail",
        "+        remove: true",
    ]
    assert [*store.document(KEY).stream.scenarios] == ["second desk", "no mail"]


def test_a_first_scenario_brings_its_key(store, tmp_path):
    (tmp_path / KEY).write_text("stream: Hotel\nsteps:\n  - step: Mail\n  - step: Desk\n")
    store.refresh()
    store.apply(KEY, AddScenario("no mail", SCENARIO), "ann")
    assert [*store.document(KEY).stream.scenarios] == ["no mail"]
    store.undo(KEY, "ann")
    assert "scenarios" not in store.document(KEY).text


@pytest.mark.parametrize(
    ("name", "scenario", "said"),
    [
        ("second desk", SCENARIO, "a scenario .second desk. already"),
        ("  ", SCENARIO, "needs a name"),
        ("odd", {"change": [{"step": "Nowhere", "remove": True}]}, "Nowhere"),
        ("odd", {"chance": []}, "chance"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(store, name, scenario, said):
    before = store.document(KEY).text
    with pytest.raises(Refused, match=said):
        store.apply(KEY, AddScenario(name, scenario), "ann")
    assert store.document(KEY).text == before


def test_every_version_since_it_was_opened_can_be_had(store):
    first = store.document(KEY)
    store.apply(KEY, SetField(handle(store, "Desk"), "wait", "3 min"), "ann")
    store.apply(KEY, SetField(handle(store, "Desk"), "wait", "4 min"), "ben")
    one, other = store.revisions(KEY)
    assert (one.author, other.author) == ("ann", "ben")
    assert store.document_at(KEY, first.version).text == first.text
    assert "wait: 3 min" in store.document_at(KEY, one.version).text
    assert store.version_before(KEY, other.version) == one.version
    assert store.document_at(KEY, 7) is None
