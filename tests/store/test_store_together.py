"""Many at once: nobody's edit disturbs another field's, the same field is told, undo is exact."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made import BUILD, HOTEL, KEY, handle, lines_changed, workspace

from valuestream.store import Conflict, NoDocument, Refused, Store
from valuestream.store.merging import by_lines
from valuestream.store.operations import (
    AddStep,
    Connect,
    MoveStep,
    RemoveStep,
    RenameStep,
    SetField,
    SetText,
)
from valuestream.text import parse


@pytest.fixture
def store(tmp_path):
    return Store(workspace(tmp_path))


def text(store) -> str:
    return store.document(KEY).text


def test_the_later_of_two_is_told_who_was_first_and_may_insist(store):
    desk = handle(store, "Desk")
    store.apply(KEY, SetField(desk, "wait", "3 min", was="12 min"), "ann")
    with pytest.raises(Conflict, match=r"ann changed wait of 'Desk' meanwhile") as told:
        store.apply(KEY, SetField(desk, "wait", "5 min", was="12 min"), "bob")
    assert (told.value.current, told.value.mine, told.value.by) == ("3 min", "5 min", "ann")
    assert told.value.at is not None
    store.apply(KEY, SetField(desk, "wait", "5 min", was=told.value.current), "bob")
    assert store.document(KEY).value(desk, ("wait",)) == "5 min"


def test_undo_takes_back_only_ones_own(store):
    desk = handle(store, "Desk")
    store.apply(KEY, SetField(desk, "wait", "3 min"), "ann")
    store.apply(KEY, SetField(desk, "people", "2"), "bob")
    store.apply(KEY, AddStep(desk, {"step": "Lift"}), "bob")
    store.undo(KEY, "ann")
    assert lines_changed(HOTEL, text(store)) == ["+    people: 2", "+  - step: Lift"]
    store.redo(KEY, "ann")
    assert store.document(KEY).value(desk, ("wait",)) == "3 min"
    with pytest.raises(Refused, match="nothing of yours to redo"):
        store.redo(KEY, "ann")


def test_undo_of_a_field_that_somebody_changed_since_is_told(store):
    desk = handle(store, "Desk")
    store.apply(KEY, SetField(desk, "people", "2"), "ann")
    store.apply(KEY, SetField(desk, "wait", "3 min"), "ann")
    store.apply(KEY, SetField(desk, "wait", "5 min"), "bob")
    with pytest.raises(Conflict, match="bob changed") as told:
        store.undo(KEY, "ann")
    assert (told.value.current, told.value.mine) == ("5 min", "12 min")
    assert store.document(KEY).value(desk, ("wait",)) == "5 min"
    assert store.undo_anyway(KEY, "ann").snapshot.value(desk, ("wait",)) == "12 min"
    store.redo(KEY, "ann")
    assert store.document(KEY).value(desk, ("wait",)) == "5 min"


def test_what_cannot_be_undone_can_be_left_as_it_is(store):
    desk = handle(store, "Desk")
    store.apply(KEY, SetField(desk, "people", "2"), "ann")
    store.apply(KEY, SetField(desk, "wait", "3 min"), "ann")
    store.apply(KEY, SetField(desk, "wait", "5 min"), "bob")
    store.skip_undo(KEY, "ann")
    store.undo(KEY, "ann")
    assert lines_changed(HOTEL, text(store)) == ["-    wait: 12 min", "+    wait: 5 min"]


def test_an_undo_that_would_leave_a_name_without_its_step_is_refused(store):
    desk, room = handle(store, "Desk"), handle(store, "Room")
    store.apply(KEY, AddStep(desk, {"step": "Lift"}), "ann")
    store.apply(KEY, Connect(room, handle(store, "Lift"), "10 %"), "bob")
    with pytest.raises(Refused, match="no step is named 'Lift'"):
        store.undo(KEY, "ann")
    assert handle(store, "Lift")


def test_a_removed_step_comes_back_with_comments_and_handle_though_others_edited(store):
    room, mail = handle(store, "Room"), handle(store, "Mail")
    unpack = handle(store, "Unpack")
    store.apply(KEY, RemoveStep(room), "ann")
    store.apply(KEY, SetField(mail, "work", "9 min"), "bob")
    store.apply(KEY, RenameStep(mail, "Post"), "bob")
    store.undo(KEY, "ann")
    assert text(store) == HOTEL.replace('2 min"', '9 min"').replace("Mail", "Post")
    assert (handle(store, "Room"), handle(store, "Unpack")) == (room, unpack)


def test_a_text_made_from_an_older_version_is_merged_by_element(store):
    desk = handle(store, "Desk")
    base = store.document(KEY).version
    store.apply(KEY, SetField(desk, "wait", "3 min"), "bob")
    store.apply(KEY, MoveStep(handle(store, "Leave"), desk), "bob")
    mine = HOTEL.replace("by: Reception", "by: [Reception, Bell]  # mine")
    store.apply(KEY, SetText(mine, base), "ann")
    snapshot = store.document(KEY)
    assert "    by: [Reception, Bell]  # mine\n" in snapshot.text
    assert "    wait: 3 min\n" in snapshot.text
    assert [s.step for s in snapshot.stream.steps] == ["Mail", "Desk", "Leave", "Room"]
    for comment in parse(mine).comments:
        assert comment in snapshot.text


def test_a_text_that_contradicts_what_came_meanwhile_is_told(store):
    base = store.document(KEY).version
    store.apply(KEY, SetField(handle(store, "Desk"), "wait", "3 min"), "bob")
    with pytest.raises(Conflict, match="bob changed Desk / wait") as told:
        store.apply(KEY, SetText(HOTEL.replace("12 min", "1 min"), base), "ann")
    assert (told.value.current, told.value.mine) == ("3 min", "1 min")


def test_a_text_made_from_a_version_of_another_day_is_told(store):
    with pytest.raises(Conflict):
        store.apply(KEY, SetText(HOTEL, 7), "ann")


def test_comments_of_both_survive_where_lines_meet(store):
    base = store.document(KEY).version
    store.apply(KEY, SetText(HOTEL.replace("# by watch", "# by hand"), base), "bob")
    with pytest.raises(Conflict, match="comment"):
        store.apply(KEY, SetText(HOTEL.replace("# by watch", "# by sun"), base), "ann")
    assert "# by hand" in text(store)


# The files from outside


def test_an_edit_from_outside_is_taken_over_before_the_next_one(store, tmp_path):
    desk = handle(store, "Desk")
    outside = HOTEL.replace("by: Reception", "by: Night porter  # new")
    (tmp_path / KEY).write_text(outside)
    store.apply(KEY, SetField(desk, "wait", "3 min", was="12 min"), "ann")
    assert (tmp_path / KEY).read_text() == outside.replace("12 min", "3 min")
    assert handle(store, "Desk") == desk


def test_the_same_field_changed_outside_is_told(store, tmp_path):
    (tmp_path / KEY).write_text(HOTEL.replace("12 min", "9 min"))
    with pytest.raises(Conflict, match="somebody outside changed wait of 'Desk'") as told:
        store.apply(KEY, SetField(handle(store, "Desk"), "wait", "3 min", was="12 min"), "ann")
    assert told.value.current == "9 min"


def test_a_file_that_turns_faulty_shows_the_last_good_version(store, tmp_path):
    handles = store.document(KEY).handles
    (tmp_path / KEY).write_text(HOTEL.replace("# the end", "why: [open"))
    store.look()
    snapshot = store.document(KEY)
    assert [s.step for s in snapshot.stream.steps] == ["Mail", "Desk", "Room", "Leave"]
    assert snapshot.handles == handles
    assert "not closed" in snapshot.findings[0].message
    with pytest.raises(Refused, match=r"cannot be edited before this is mended: line \d+"):
        store.apply(KEY, SetField(handles[1], "wait", "3 min"), "ann")
    with pytest.raises(Refused, match="nothing of yours"):
        store.undo(KEY, "ann")
    (tmp_path / KEY).write_text(HOTEL)
    store.apply(KEY, SetField(handles[1], "wait", "3 min"), "ann")
    assert store.document(KEY).handles == handles


def test_a_faulty_file_can_be_mended_as_a_text(store, tmp_path):
    (tmp_path / KEY).write_text(HOTEL + "why: [open\n")
    store.look()
    store.apply(KEY, SetText(HOTEL, store.document(KEY).version), "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_fault_of_the_model_leaves_other_fields_open_and_can_be_mended(store, tmp_path):
    desk = handle(store, "Desk")
    (tmp_path / KEY).write_text(HOTEL.replace("12 min", "soon"))
    store.apply(KEY, SetField(desk, "people", "2"), "ann")
    assert store.document(KEY).findings
    store.apply(KEY, SetField(desk, "wait", "12 min", was="soon"), "ann")
    assert store.document(KEY).findings == ()


def test_a_file_that_is_half_written_for_a_moment_keeps_its_handles(store, tmp_path):
    handles = store.document(KEY).handles
    (tmp_path / KEY).write_text(
        HOTEL[: HOTEL.index("  - step: Room")].replace("{Room: 80 %, Mail: 20 %}", "Mail")
    )
    store.look()
    assert len(store.document(KEY).handles) == 2
    (tmp_path / KEY).write_text(HOTEL)
    store.look()
    assert store.document(KEY).handles == handles


def test_a_vanished_file_is_said_and_nothing_is_written(store, tmp_path):
    desk = handle(store, "Desk")
    (tmp_path / KEY).unlink()
    with pytest.raises(NoDocument, match="gone from the folder"):
        store.apply(KEY, SetField(desk, "wait", "3 min"), "ann")
    assert not (tmp_path / KEY).exists()
    assert KEY not in [s.key for s in store.documents()]


def test_two_stores_on_one_folder_lose_nothing(tmp_path):
    one, other = Store(workspace(tmp_path)), Store(tmp_path)
    names = ["Mail", "Desk", "Room", "Leave"]
    faults: list[Exception] = []

    def edit(store, key):
        try:
            for number in range(8):
                for name in names:
                    store.apply(KEY, SetField(handle(store, name), key, f"{number + 1} min"), key)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=edit, args=a) for a in ((one, "work"), (other, "wait"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    one.look()
    steps = parse((tmp_path / KEY).read_text()).stream.steps
    assert [(s.work.expected, s.wait) for s in steps] == [(480, 480)] * 4
    assert one.document(KEY).text == (tmp_path / KEY).read_text()


# Any edits in any order

NAMES = ("Mail", "Desk", "Room", "Leave", "Unpack")
ANNS = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(["work", "value.receives", "by"]), st.integers(1, 9)
)
BOBS = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(["wait", "value.promise", "people"]), st.integers(1, 9)
)


def operation(store, edit):
    name, key, number = edit
    value = {
        "people": str(number),
        "value.promise": f"within {number} h",
        "by": [f"Role {number}", "Bell"],
        "value.receives": f"Good: {number}",
    }.get(key, f"{number} min")
    return SetField(handle(store, name), key, value)


@settings(max_examples=12, deadline=None)
@given(st.lists(ANNS, max_size=5), st.lists(BOBS, max_size=5), st.randoms())
def test_edits_of_different_fields_commute(tmp_path_factory, anns, bobs, random):
    ends = []
    # What a promise belongs to is there, so that either may be first.
    start = (
        HOTEL.replace("step: Leave", "step: Leave\n    value: Goes")
        .replace("    by: Reception", "    by: Reception\n    value: Is known")
        .replace("Unpack  # by hand", "Unpack  # by hand\n        value: Has room")
    )
    for order in range(2):
        folder = tmp_path_factory.mktemp("commute")
        (folder / KEY).write_text(start)
        store = Store(folder)
        left = {"ann": list(anns), "bob": list(bobs)}
        while left["ann"] or left["bob"]:
            who = random.choice(["ann", "bob"]) if order else "ann"
            who = who if left[who] else {"ann": "bob", "bob": "ann"}[who]
            store.apply(KEY, operation(store, left[who].pop(0)), who)
        assert store.document(KEY).findings == ()
        ends.append(store.document(KEY).document.data)
    assert ends[0] == ends[1]


@st.composite
def any_edits(draw):
    kinds = st.sampled_from(["set", "drop", "add", "remove", "move", "rename", "connect", "text"])
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(["ann", "bob"]), kinds, st.integers(0, 30), st.integers(0, 30)
            ),
            min_size=1,
            max_size=9,
        )
    )


def chosen(store, kind, one, other):
    snapshot = store.document(KEY)
    handles = snapshot.handles
    first, second = handles[one % len(handles)], handles[other % len(handles)]
    return {
        "set": SetField(first, "wait", f"{other + 1} min"),
        "drop": SetField(first, ("value", "by", "work")[other % 3], None),
        "add": AddStep(first, {"step": f"New {one} {other}", "by": "X: y"}),
        "remove": RemoveStep(first),
        "move": MoveStep(first, second if first != second else None),
        "rename": RenameStep(first, f"Called {other}"),
        "connect": Connect(first, second, "5 %"),
        "text": SetText(snapshot.text + f"# {one}\n", snapshot.version),
    }[kind]


@settings(max_examples=15, deadline=None)
@given(any_edits())
def test_undoing_everything_in_turn_restores_every_byte(tmp_path_factory, edits):
    folder = workspace(tmp_path_factory.mktemp("undo"))
    store = Store(folder)
    handles = store.document(KEY).handles
    done = []
    for who, kind, one, other in edits:
        try:
            applied = store.apply(KEY, chosen(store, kind, one, other), who)
        except Refused:
            continue  # A fault, or what the ways do not allow: nothing has changed.
        if applied.change:
            done.append(who)
        assert (folder / KEY).read_text() == applied.snapshot.text
        assert applied.snapshot.findings == ()
    end = (folder / KEY).read_text()
    for who in reversed(done):
        store.undo(KEY, who)
    assert (folder / KEY).read_text() == HOTEL
    assert (folder / "build.stream.yaml").read_text() == BUILD
    assert store.document(KEY).handles == handles
    for who in done:
        store.redo(KEY, who)
    assert (folder / KEY).read_text() == end


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
def test_lines_that_one_side_changed_are_taken_over(base, theirs):
    one, other = ("".join(f"{n}\n" for n in lines) for lines in (base, theirs))
    assert by_lines(one, one, other) == other
    assert by_lines(one, other, one) == other
    assert by_lines(one, other, other) in (other, None)
