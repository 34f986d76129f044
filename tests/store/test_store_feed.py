"""Changes and people are told to everyone, in order, and slow listeners catch up."""

import subprocess
import time

import pytest
from store_made import HOTEL, KEY, handle, workspace

from valuestream.store import Change, NoDocument, Present, Store
from valuestream.store.operations import AddStep, MoveStep, RemoveStep, RenameStep, SetField


@pytest.fixture
def store(tmp_path):
    return Store(workspace(tmp_path))


def edit(store, value, author="ann"):
    return store.apply(KEY, SetField(handle(store, "Desk"), "wait", value), author)


def test_every_change_is_told_with_who_what_and_where(store):
    heard = store.subscribe()
    desk, mail, leave = (handle(store, name) for name in ("Desk", "Mail", "Leave"))
    first = store.document(KEY).version
    edit(store, "3 min")
    store.apply(KEY, SetField(mail, "value.promise", "within 1 h"), "bob")
    store.apply(KEY, MoveStep(leave, mail), "bob")
    store.apply(KEY, AddStep(None, {"step": "Find"}), "bob")
    store.apply(KEY, RemoveStep(handle(store, "Find")), "bob")
    told = heard.drain()
    assert [t.version for t in told] == [first + n for n in range(1, 6)]
    assert [(t.author, t.operation) for t in told[:2]] == [("ann", "SetField"), ("bob", "SetField")]
    seen = [[(t.element, t.key, t.how) for t in change.touched] for change in told]
    assert seen[0] == [(desk, ("wait",), "changed")]
    assert seen[1] == [(mail, ("value", "promise"), "changed")]
    assert seen[2] == [(leave, (), "moved")]
    assert [how for _, _, how in seen[3]] == ["added"]
    assert [how for _, _, how in seen[4]] == ["removed"]


def test_a_rename_tells_of_every_document(store):
    heard = store.subscribe()
    store.apply(KEY, RenameStep(handle(store, "Desk"), "Front desk"), "ann")
    assert {t.key for t in heard.drain()} == {KEY, "arrivals.goals.yaml", "build.stream.yaml"}


def test_a_refused_operation_is_told_to_nobody(store):
    heard = store.subscribe()
    with pytest.raises(Exception, match="no duration"):
        edit(store, "soon")
    edit(store, "12 min")  # as it is already
    assert heard.drain() == ()


def test_a_slow_listener_gets_one_change_a_document_and_looks_anew(store):
    heard, woken = store.subscribe(most=5), []
    store.subscribe(lambda: woken.append(1))
    for number in range(20):
        edit(store, f"{number} min")
    told = heard.drain()
    assert len(told) <= 5
    assert any(t.operation == "missed" for t in told)
    assert told[-1].version == store.document(KEY).version
    assert [t.version for t in told] == sorted(t.version for t in told)
    assert len(woken) == 20


def test_a_closed_listener_hears_no_more(store):
    heard = store.subscribe()
    heard.close()
    edit(store, "3 min")
    assert heard.get(timeout=1) is None


def test_tags_tell_versions_apart(store):
    tags = {store.document(KEY).tag, edit(store, "3 min").snapshot.tag}
    tags.add(edit(store, "12 min").snapshot.tag)
    assert len(tags) == 3


def test_versions_grow_over_a_restart(store, tmp_path):
    before = edit(store, "3 min").snapshot.version
    time.sleep(0.01)
    assert Store(tmp_path).document(KEY).version > before


def test_who_is_here_is_told_once(store):
    heard = store.subscribe()
    store.presence.set("1", "Ann", "#c00", key=KEY, element="x", field=("wait",))
    store.presence.set("1", "Ann", "#c00", key=KEY, element="x", field=("wait",))
    store.presence.set("2", "Bob", "#0c0")
    store.presence.expire(60)
    store.presence.leave("1")
    store.presence.leave("1")
    (told,) = heard.drain()  # only the latest counts
    assert isinstance(told, Present)
    assert [p.name for p in told.people] == ["Bob"]
    time.sleep(0.01)
    store.presence.expire(0.001)
    assert heard.get(timeout=1).people == ()


def test_a_watch_tells_of_edits_from_outside(store, tmp_path):
    heard = store.subscribe()
    store.watch()
    try:
        (tmp_path / KEY).write_text(HOTEL.replace("12 min", "9 min"))
        change = heard.get(timeout=5)
        assert isinstance(change, Change)
        assert (change.author, change.operation) == (None, "outside")
        assert [t.key for t in change.touched] == [("wait",)]
        (tmp_path / "new.stream.yaml").write_text(HOTEL)
        assert heard.get(timeout=8).key == "new.stream.yaml"
        (tmp_path / "new.stream.yaml").unlink()
        assert heard.get(timeout=8).operation == "delete"
    finally:
        store.close()


def git(folder, *arguments):
    own = ["git", "-C", str(folder), "-c", "user.name=Ann", "-c", "user.email=a@example.com"]
    subprocess.run([*own, *arguments], check=True, capture_output=True)


def test_the_history_of_a_document_is_that_of_git(store, tmp_path):
    assert store.history(KEY) == ()
    git(tmp_path, "init")
    assert store.history(KEY) == ()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "First, with a | and ü")
    store.rename(KEY, "sub/inn.stream.yaml", "ann")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "Moved")
    key = "sub/inn.stream.yaml"
    store.apply(key, SetField(handle(store, "Desk", key), "wait", "3 min"), "ann")
    git(tmp_path, "commit", "-am", "Edited")
    commits = store.history(key)
    assert [c.message for c in commits] == ["Edited", "Moved", "First, with a | and ü"]
    assert [c.path for c in commits] == [key, key, KEY]
    assert commits[0].author == "Ann"
    assert commits[0].at.tzinfo
    texts = [store.document_in(key, commit).text for commit in commits]
    assert texts == [HOTEL.replace("12 min", "3 min"), HOTEL, HOTEL]
    with pytest.raises(NoDocument):
        store.document_in(key, type(commits[0])("0" * 40, "", commits[0].at, "", "x"))


def test_all_faults_of_the_workspace_are_found(store):
    assert store.findings() == {}
    store.apply(
        "arrivals.goals.yaml",
        SetField(
            store.document("arrivals.goals.yaml").handles[0],
            "measure",
            "hotel / Dsk / promise.kept",
        ),
        "ann",
    )
    (found,) = store.findings()["arrivals.goals.yaml"]
    assert found.code == "VS057"
