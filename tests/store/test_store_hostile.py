"""Values that look like something else come back exactly as they were written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made import HOTEL, KEY, handle, workspace

from valuestream.model.errors import InputError
from valuestream.store import Store
from valuestream.store.operations import AddStep, RenameStep, SetField
from valuestream.text import read

VALUES = [
    "yes", "no", "null", "~", "true", "12", "1.5", "0x10", "2026-01-01", "- x", "a: b", "# c",
    "a # b", "[a]", "{a: b}", "'", '"', "&a", "*a", "!x", "%x", "@x", "`x`", "|", ">", "? x",
    "line\nline", "line\n\n  line", "tab\there", "a\\b", "<script>alert(1)</script>", "&amp;",
    "\u202eabc\u202c", "\u200b", "a\u2028b", "a\x85b", "a\x07b", "\x1b[31mred", "é", "e\u0301",
    "👩‍🔬", "名前", "x" * 2000, "---", "...", "<<", "=", "a:", ":a", "a\r\nb", "\ufeffa",
]  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return Store(workspace(tmp_path))


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_value_comes_back_exactly(store, tmp_path, value):
    desk = handle(store, "Desk")
    store.apply(KEY, SetField(desk, "value.receives", value), "ann")
    store.apply(KEY, SetField(handle(store, "Room"), "does", value), "ann")
    store.apply(KEY, SetField(handle(store, "Mail"), "by", ["x", value]), "ann")
    store.apply(KEY, AddStep(desk, {"step": "New", "by": [value], "does": value}), "ann")
    document = read(tmp_path / KEY)
    steps = document.data["steps"]
    assert document.findings == ()
    assert steps[1]["value"]["receives"] == value
    assert steps[3]["value"]["receives"] == "Rests"
    assert steps[3]["does"] == steps[2]["does"] == value
    assert steps[0]["by"] == ["x", value]
    assert steps[2]["by"] == [value]
    for _ in range(4):
        store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


@pytest.mark.parametrize("value", [v for v in VALUES if v.strip() == v], ids=range(51))
def test_a_name_comes_back_exactly_wherever_it_is_named(store, tmp_path, value):
    desk = handle(store, "Desk")
    try:
        store.apply(KEY, RenameStep(desk, value), "ann")
    except InputError as error:
        # A clock such as `within 2 h of the request` has names of its own.
        assert "promise" in str(error)
        return
    document = read(tmp_path / KEY)
    assert document.findings == ()
    assert document.data["steps"][1]["step"] == value
    assert document.data["information"][0]["to"] == value
    store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb", "\0"])
def test_what_no_text_can_hold_is_refused(store, tmp_path, value):
    for operation in (
        SetField(handle(store, "Desk"), "does", value),
        AddStep(None, {"step": value}),
        RenameStep(handle(store, "Desk"), value),
    ):
        try:
            store.apply(KEY, operation, "ann")
        except InputError as error:
            assert str(error)
            assert (tmp_path / KEY).read_text() == HOTEL
        else:
            assert read(tmp_path / KEY).findings == ()
            store.undo(KEY, "ann")


@pytest.mark.parametrize(
    "key", ["", ".", "wait.x", "value.promise.x", "by.0", "steps", "x" * 9999, "a\nb", "then.Room"]
)
@pytest.mark.parametrize("value", ["x", None, 3, True, [], {}, {"a": {"b": []}}, [[["x"]]]])
def test_no_key_and_value_do_harm(store, tmp_path, key, value):
    try:
        applied = store.apply(KEY, SetField(handle(store, "Desk"), key, value), "ann")
    except InputError as error:
        assert 0 < len(str(error)) < 2000
        assert (tmp_path / KEY).read_text() == HOTEL
    else:
        assert applied.snapshot.findings == ()
        store.undo(KEY, "ann") if applied.change else None
        assert (tmp_path / KEY).read_text() == HOTEL


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_comes_back_or_is_refused(tmp_path_factory, value):
    folder = workspace(tmp_path_factory.mktemp("any"))
    store = Store(folder)
    try:
        store.apply(KEY, SetField(handle(store, "Desk"), "does", value), "ann")
    except InputError as error:
        assert str(error)
        assert (folder / KEY).read_text() == HOTEL
    else:
        assert read(folder / KEY).data["steps"][1]["does"] == value
